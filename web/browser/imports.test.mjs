// A manager brings in a spreadsheet as services have them, from upload to undo:
// each step says one thing, nothing of the file that says who somebody is can be
// seen, and every row is accounted for.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { manager, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const row = (page, key) => page.locator('.nhsuk-summary-list__row', { hasText: key }).first()

// silent holds that no name and nobody's words are on the page.
async function silent(page) {
  assert.doesNotMatch(await page.locator('main').innerText(), /Example|daughter|999 000/)
}

async function taken(page, link) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).first().click()])
  return readFileSync(await file.path(), 'utf8')
}

test('the messy spreadsheet comes in, is corrected and is taken back', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.getByRole('link', { name: 'Imports', exact: true }).first().click()
  await page.getByRole('link', { name: 'Bring in a spreadsheet' }).click()
  await visit.inspect('import-new')
  await page.getByRole('button', { name: 'Send the file' }).click()
  await page.getByRole('link', { name: 'Choose a file.' }).waitFor()
  await page.getByLabel('Choose a file').setInputFiles('testdata/import/messy.csv')
  await page.getByRole('button', { name: 'Send the file' }).click()

  await page.getByRole('heading', { name: 'What the columns are' }).waitFor()
  await silent(page)
  await visit.inspect('import-columns')
  await page.getByRole('link', { name: 'Change Stage' }).click()
  await visit.inspect('import-column')
  await page.getByRole('link', { name: 'Columns', exact: true }).click()
  await page.getByRole('button', { name: 'This is right: go on' }).click()

  await page.getByRole('heading', { name: 'What the file does not say' }).waitFor()
  await visit.inspect('import-questions')
  await page.getByRole('button', { name: 'Go on' }).click()

  await page.getByRole('heading', { name: 'Words that are not known here' }).waitFor()
  for (const says of ['HILLTOP', 'Hilltop', 'Riverside', 'riverside']) {
    await page.getByLabel(says, { exact: true }).selectOption(scheme)
  }
  await visit.inspect('import-words')
  await page.getByRole('button', { name: 'Go on' }).click()

  await page.getByRole('heading', { name: 'What would happen' }).waitFor()
  assert.match(await page.locator('.cairn-answer').innerText(), /of 600 rows would be taken whole/)
  assert.match(await row(page, 'In conflict').innerText(), /20 rows/)
  await silent(page)
  await visit.inspect('import-check')
  const report = await taken(page, 'Download what would become of every row (CSV)')
  assert.equal(report.trimEnd().split('\n').length, 601)

  await page.getByRole('button', { name: /^Bring in \d+ scores$/ }).click()
  await page.getByText('The scores are in.').waitFor()
  await silent(page)
  await visit.inspect('import-done')
  const rejects = await taken(page, /^Rows to correct/)
  assert.doesNotMatch(rejects, /Example|daughter/)
  assert.match(rejects, /cairn_reason/)

  await page.getByText('Undo this import').click()
  await page.getByLabel('Why is it undone?').fill('It was a trial')
  await page.getByRole('button', { name: 'Undo the import' }).click()
  await page.getByText('The import is undone.').waitFor()
  await page.goto('/imports')
  await visit.inspect('imports')
}, { javaScriptEnabled: false }))
