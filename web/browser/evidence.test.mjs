// The evidence of a scheme: how well it was measured, what may be claimed, three
// sentences to copy, and a page of its own where few people were measured.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { manager, practitioner, signIn } from './steps.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

// says waits for a text in the page's main part.
const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

const evidenceOf = async (page, name) => {
  await page.goto('/schemes')
  await page.getByRole('link', { name: `Evidence of ${name}` }).click()
}

test('a scheme says how well it was measured and what may be claimed', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await evidenceOf(page, 'Riverside Green Roots (demo)')
  await says(page, 'Level 2')
  await says(page, 'There is no comparison group.')
  await says(page, 'You may not say')
  for (const figure of ['better-worse', 'change', 'distribution', 'lost']) {
    await page.locator(`#${figure} svg`).waitFor()
  }
  await page.getByRole('button', { name: 'Copy the sentences' }).click()
  await page.locator('[data-copied="board-answer"]', { hasText: /Copied|Selected/ }).waitFor()
  const board = await page.getByRole('textbox', { name: 'Three sentences for a board' }).inputValue()
  assert.match(board, /^Riverside Green Roots.*measured again.*mean change.*says nothing of how well it worked/s)
  await visit.inspect('evidence-level')
  await page.goto(page.url().replace(/\?.*/, '') + '?measure=swemwbs-metric')
  await says(page, 'How many got reliably better')
  await visit.inspect('evidence-level-swemwbs')
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 794, height: 1123 })
  if (process.env.CAIRN_SHOTS) await page.screenshot({ path: `${process.env.CAIRN_SHOTS}/evidence-printed.png`, fullPage: true })
}))

test('poor completeness caps the level, however many were measured', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await evidenceOf(page, 'Riverside Moving Well (demo)')
  await says(page, 'Level 1')
  await says(page, 'Measure more of those who are due')
  await visit.inspect('evidence-incomplete')
}))

test('a service of few people has a page of its own, without scripts too', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await evidenceOf(page, 'Riverside First Steps (demo)')
  await says(page, 'These figures are of fewer than 30 people.')
  await says(page, 'What to do next')
  await page.getByText('The figures so far, of').click()
  await visit.inspect('evidence-few')
  const nobody = page.url().replace(/\?.*/, '') + '?from=2015-Q1&to=2015-Q1'
  await page.goto(nobody)
  await says(page, 'Nothing is counted in it. Choose other quarters above.')
  // How the scheme runs over time is told whatever quarters are chosen.
  assert.equal(await page.locator('figure:not([aria-labelledby="runs"] figure) .cairn-chart').count(), 0)
  await visit.inspect('evidence-nobody')
}, { javaScriptEnabled: false }))
