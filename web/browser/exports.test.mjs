// A manager sees how many rows there are, narrows them, and downloads a package
// and a table; nobody else is led there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { manager, practitioner, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

// taken is a download that a link starts.
async function taken(page, link) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: link }).or(page.getByRole('link', { name: link })).click()])
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

test('a manager downloads a package and a table', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.goto('/exports')
  await page.getByRole('heading', { name: 'What you get' }).waitFor()
  await visit.inspect('exports')
  const whole = await taken(page, 'Download the package (zip)')
  assert.match(whole.name, /^cairn-package-\d{4}-\d\d-\d\d\.zip$/)
  assert.equal(whole.bytes.subarray(0, 2).toString(), 'PK')

  await page.getByLabel('One row for each pair of scores').check()
  await page.getByText('Choose a scheme, a score or a time').click()
  await page.getByLabel('Scheme', { exact: true }).selectOption(scheme)
  await page.getByRole('button', { name: 'Count the rows' }).click()
  const said = await page.locator('.nhsuk-summary-list__row', { hasText: 'Pairs' }).innerText()
  const rows = Number(said.match(/\d+/)[0])
  await visit.inspect('exports-narrowed')
  const table = await taken(page, /^Download as CSV/)
  const lines = table.bytes.toString('utf8').trimEnd().split('\r\n')
  assert.equal(lines.length - 1, rows)
  assert.ok(rows > 0 && lines[1].startsWith(scheme))

  await signOut(page)
  await signIn(page, practitioner)
  assert.equal(await page.getByRole('link', { name: 'Exports', exact: true }).count(), 0)
  assert.equal((await page.goto('/exports')).status(), 403)
}, { javaScriptEnabled: false }))

async function signOut(page) {
  await page.getByRole('button', { name: 'Sign out' }).click()
}
