// The evidence page besides its scores: how far people came, how they were
// measured, how it runs over time, and what they took up.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { manager, practitioner, signIn } from './steps.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const hilltop = { login: 'linkworker', password: 'demo-practitioner-2' }

async function evidenceOf(page, name) {
  await page.goto('/schemes')
  await page.getByRole('link', { name: `Evidence of ${name}` }).click()
}

const figure = (page, question) => page.locator('figure').filter({ hasText: question })

test('a manager sees how far people came, and how it runs over time', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await evidenceOf(page, 'Riverside Moving Well (demo)')

  const flow = figure(page, 'Who is in these figures?')
  await flow.locator('svg').waitFor()
  await flow.getByText('The same numbers as a table').click()
  for (const step of ['Referred', 'Contacted', 'Seen', 'Accepted', 'Started', 'Baseline', 'Due again', 'Followed up', 'Measured twice']) {
    assert.equal(await flow.getByRole('row', { name: new RegExp(`^${step} `) }).count(), 1, step)
  }
  assert.match(await page.locator('[data-key="journey.days_to_contact"]').innerText(), /median [\d.]+ days/)

  // Everybody not measured twice has one reason.
  const left = page.getByRole('table', { name: 'People not measured twice, one reason for each' })
  const cells = (await left.getByRole('cell').allInnerTexts()).map((text) => Number(text.replace(',', '')))
  const everybody = cells.pop()
  assert.equal(cells.reduce((sum, n) => sum + n, 0), everybody)

  // The waiting list of this scheme grew in its last year, and the figure says so.
  const waits = figure(page, 'How long did people wait for a first contact?')
  await waits.locator('svg').waitFor()
  assert.match(await waits.locator('.cairn-figure__says').innerText(), /above the upper limit|lie above the mean|each higher/)
  assert.match(await page.getByRole('main').innerText(), /Making data count/)
  await visit.inspect('timing-moving-well')
}))

test('what nobody recorded is said, and is not nobody', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, hilltop)
  await evidenceOf(page, 'Hilltop Arts and Memory (demo)')
  const flow = figure(page, 'Who is in these figures?')
  assert.match(await flow.locator('.cairn-figure__says').innerText(), /Not on record: contacts\. That is not nobody\./)
  await flow.getByText('The same numbers as a table').click()
  assert.equal(await flow.getByRole('row', { name: 'Contacted not recorded not recorded' }).count(), 1)
  const waits = figure(page, 'How long did people wait for a first contact?')
  assert.equal(await waits.locator('svg').count(), 0, 'nothing is drawn of nothing')
  assert.match(await waits.innerText(), /That is not a wait of 0 days/)
  await visit.inspect('timing-not-recorded')
}))

test('a small scheme and a period without anybody say so', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await evidenceOf(page, 'Riverside First Steps (demo)')
  await visit.inspect('timing-few')
  await page.goto(`${new URL(page.url()).pathname}?to=2019-Q4`)
  await page.getByText('Nobody has been referred in this period.').waitFor()
  assert.equal(await figure(page, 'Who is in these figures?').locator('svg').count(), 0)
  await visit.inspect('timing-nobody')
}))

test('without scripts every number is there', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await evidenceOf(page, 'Riverside Green Roots (demo)')
  await page.getByText('The same numbers as a table').first().click()
  await page.getByRole('row', { name: /^Referred / }).waitFor()
  const ways = page.getByRole('table', { name: 'How the two scores were taken' })
  assert.equal(await ways.getByRole('row').count(), 4, 'the same way, another way, and not recorded')
  await visit.inspect('timing-unscripted')
}, { javaScriptEnabled: false }))

test('the printed page has every figure and its table', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await evidenceOf(page, 'Riverside Green Roots (demo)')
  await figure(page, 'Who is in these figures?').locator('svg').waitFor()
  await page.emulateMedia({ media: 'print' })
  await visit.picture('timing-print')
  if (process.env.CAIRN_SHOTS) {
    await page.pdf({ path: `${process.env.CAIRN_SHOTS}/timing-print.pdf`, format: 'A4' })
  }
}))
