// What a practitioner sees about one person: the record, on screen, on paper and
// as text for the GP.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { answer, date, daysAgo, practitioner, prescribe, recordRawTotal, register, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'
const start = 190 // days ago
const due = start - 84
const margin = { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' }

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// recordWellbeing answers all of ONS4: at the start in person, later by phone.
async function recordWellbeing(page, which, day, scores) {
  await page.getByRole('link', { name: `Record ${which} of ONS4` }).click()
  await date(page, 'Day it was answered', day)
  for (const [n, question] of ['how satisfied are you with your life', 'the things you do in your life are worthwhile', 'how happy did you feel', 'how anxious did you feel'].entries()) {
    await answer(page, question, `${scores[n]}`)
  }
  await answer(page, 'How was it taken?', which === 'baseline' ? 'In person' : 'By phone')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

// somebody is a person with two scores in two measures, whose record is shown.
async function somebody(page, reference, [first, later]) {
  await signIn(page, practitioner)
  await page.goto('/schemes')
  await page.getByRole('link', { name: scheme, exact: true }).click()
  await register(page, reference, daysAgo(start + 5))
  await prescribe(page, daysAgo(start))
  await recordWellbeing(page, 'baseline', daysAgo(start), [4, 5, 3, 0])
  await recordRawTotal(page, 'baseline', daysAgo(start), first)
  await recordWellbeing(page, 'follow-up', daysAgo(due), [7, 5, 6, 2])
  await recordRawTotal(page, 'follow-up', daysAgo(due), later)
  await page.getByRole('link', { name: `Record of ${reference}` }).click()
  await says(page, 'Record of one person')
}

// 21 raw is 19.25 and 25 raw is 22.35 in the table of the measure's authors: 3.1
// points, more than 2.87.
test('a record says what changed, and is copied for the GP', () => house.visiting(async (visit) => {
  const { page } = visit
  await somebody(page, 'RECORD-1', [21, 25])
  const figure = page.getByRole('figure').filter({ hasText: 'SWEMWBS (converted)' })
  await figure.locator('.cairn-chart svg').waitFor()
  assert.match(await figure.innerText(), /3\.1 points better than at the start, .* reliably better\./)
  const life = page.getByRole('figure').filter({ hasText: 'Life satisfaction' })
  assert.match(await life.innerText(), /3 points better than at the start, .* cannot be said\./)
  assert.match(await life.innerText(), /no band is drawn/)
  assert.match(await life.innerText(), /taken in person and the latest by phone/)
  const anxiety = page.getByRole('figure').filter({ hasText: 'nxiety' })
  assert.match(await anxiety.innerText(), /2 points worse than at the start/)
  assert.match(await anxiety.innerText(), /best end of the scale, where it cannot get better/)
  await figure.getByText('The same numbers as a table').click()
  await figure.getByRole('row').filter({ hasText: '22.35' }).waitFor()
  await visit.inspect('record')

  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy the text' }).click()
  await says(page, 'Copied.')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  assert.match(copied, /^MADE-UP DATA/)
  assert.match(copied, /SWEMWBS \(converted\) \(7 to 35, higher is better\)/)
  assert.doesNotMatch(copied, /RECORD-1/)

  const sheet = await page.pdf({ format: 'A4', margin })
  const pages = sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)
  if (process.env.CAIRN_SHOTS) {
    await mkdir(process.env.CAIRN_SHOTS, { recursive: true })
    await writeFile(join(process.env.CAIRN_SHOTS, 'record.pdf'), sheet)
  }
  assert.equal(pages?.length, 1, 'the record fits on one sheet')
}))

test('without scripts the record has its verdicts, its tables and its text', () => house.visiting(async (visit) => {
  const { page } = visit
  await somebody(page, 'RECORD-2', [25, 21])
  const figure = page.getByRole('figure').filter({ hasText: 'SWEMWBS (converted)' })
  assert.match(await figure.innerText(), /3\.1 points worse than at the start, .* reliably worse\./)
  await figure.getByText('The same numbers as a table').click()
  await figure.getByRole('row').filter({ hasText: '19.25' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Copy the text' }).count(), 0)
  assert.match(await page.getByLabel('Text for the GP record').inputValue(), /reliably worse/)
  await visit.inspect('record-without-scripts')
  const sheet = await page.pdf({ format: 'A4', margin })
  if (process.env.CAIRN_SHOTS) {
    await writeFile(join(process.env.CAIRN_SHOTS, 'record-without-scripts.pdf'), sheet)
  }
  assert.equal(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1, 'the record fits on one sheet')

  // The form for another score shows none of this.
  await page.goBack()
  await page.getByText('Record a measure at another time').click()
  await page.getByRole('link', { name: /^later.*SWEMWBS$/ }).click()
  const form = await page.getByRole('main').innerText()
  assert.doesNotMatch(form, /19\.25|22\.35|reliably/)
}, { javaScriptEnabled: false }))
