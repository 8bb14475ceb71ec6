// Typing in assessments as digits, with and without scripts, and the scores that
// show before saving.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'

import { scoresOf } from '../static/score.js'
import { openHouse } from './harness.mjs'
import { answer, date, daysAgo, practitioner, register, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'
const phone = { viewport: { width: 390, height: 844 } }

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// referred signs in and registers somebody of that reference.
async function referred(page, reference, days = 30) {
  await signIn(page, practitioner)
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.goto('/schemes')
  await page.getByRole('link', { name: scheme, exact: true }).click()
  await register(page, reference, daysAgo(days))
  await says(page, 'The referral was registered.')
}

test('at 390 px, from sign-in to a saved SWEMWBS by digits', () => house.visiting(async (visit) => {
  const { page } = visit
  await referred(page, 'ENTRY-1')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/sign-in/)
  const began = Date.now()
  await signIn(page, practitioner)
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.goto('/schemes')
  await page.getByRole('link', { name: scheme, exact: true }).click()
  await page.getByRole('link', { name: 'ENTRY-1' }).click()
  await page.getByRole('link', { name: 'Record baseline of SWEMWBS' }).click()
  await visit.inspect('entry-digits')
  const box = page.getByLabel('The 7 answers, in the order of the form')
  assert.equal(await box.getAttribute('inputmode'), 'numeric')
  await box.pressSequentially('3426')
  await page.getByText('“6” is no answer to question 4. It takes 1 to 5.').waitFor()
  assert.equal(await box.inputValue(), '342')
  await box.press('Backspace')
  await box.pressSequentially('25341')
  await page.getByText('7 of 7 answered').waitFor({ timeout: 2000 }).catch(() => {})
  await box.fill('3425341')
  await says(page, 'SWEMWBS (raw total): 22 on a scale from 7 to 35, higher is better')
  await visit.inspect('entry-digits-full')
  await says(page, '7 of 7 answered. raw total: 22; converted: 19.98')
  const lines = await page.locator('[data-progress] p').evaluate((p) => p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight))
  assert.ok(lines < 2.2, `the foot of the screen takes ${lines.toFixed(1)} lines of a phone`)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'SWEMWBS (raw total): 22')
  const seconds = (Date.now() - began) / 1000
  console.log(`sign-in to a saved SWEMWBS, pictures and axe included: ${seconds.toFixed(1)} s, 8 steps`)
  assert.ok(seconds < 180)
  await visit.inspect('entry-saved')
}, phone))

test('without scripts a SWEMWBS is typed as digits', () => house.visiting(async (visit) => {
  const { page } = visit
  await referred(page, 'ENTRY-3')
  await page.getByRole('link', { name: 'Record baseline of SWEMWBS' }).click()
  await date(page, 'Day it was answered', daysAgo(20))
  await page.getByLabel('The 7 answers, in the order of the form').fill('342534')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('alert').getByText('These are 6').waitFor()
  await page.getByLabel('The 7 answers, in the order of the form').fill('3425341')
  await answer(page, 'How was it taken?', 'By post')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'SWEMWBS (raw total): 22')
}, { javaScriptEnabled: false }))

test('the score of every form is that of the golden vectors', () => house.visiting(async (visit) => {
  const { page } = visit
  await referred(page, 'ENTRY-4')
  const at = new URL(page.url()).pathname
  let compared = 0
  for (const key of ['swemwbs', 'wemwbs', 'phq9', 'gad7', 'phq4', 'core10', 'who5', 'ucla3', 'ons4', 'djg6', 'copm', 'eq5d5l']) {
    await page.goto(`${at}/assessments/new?measure=${key}&occasion=later&way=items`)
    const sheet = JSON.parse(await page.locator('script[data-sheet]').textContent())
    const { cases } = JSON.parse(await readFile(new URL(`../../testdata/measures/${key}.json`, import.meta.url)))
    for (const one of cases.filter(({ answers }) => answers)) {
      const said = Object.fromEntries(one.answers.map((a, i) => [sheet.items[i].key, a === null ? undefined : `${a}`]))
      const got = Object.fromEntries(scoresOf(sheet, said).map(({ series, text }) => [series, text]))
      assert.deepEqual(got, one.gives ?? {}, `${key}: ${one.answers}`)
      compared++
    }
  }
  assert.ok(compared > 50, `${compared} vectors compared`)
}))
