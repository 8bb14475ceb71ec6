// Rows for research, by two people: a manager looks at what a researcher asked for
// and approves it; the researcher types the password again, downloads once, and is
// told kindly that the button works once.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { date, daysAgo, manager, researcher, signIn } from './steps.mjs'

const asked = 'Who stays with exercise (demo)'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()
const press = (page, name) => page.getByRole('button', { name, exact: true }).click()

test('a manager approves, and a researcher downloads once', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.goto('/projects')
  await page.getByRole('link', { name: `Look and decide about ${asked}` }).click()
  await visit.inspect('project-to-decide')
  await press(page, 'Try what would be in the file')
  await says(page, 'A file could go out today.')
  await visit.inspect('project-check')
  await page.getByRole('link', { name: 'Decide about it' }).click()
  await page.getByLabel('Approve', { exact: true }).check()
  await press(page, 'Save the decision')
  await says(page, 'Your decision was saved.')
  await press(page, 'Sign out')

  await signIn(page, researcher)
  await says(page, 'What you can do next')
  await press(page, 'Ask for a project')
  await press(page, 'Ask for the project')
  await says(page, 'Say in 20 to 2,000 characters')
  await visit.inspect('project-new-refused')
  await page.getByRole('link', { name: 'Research', exact: true }).first().click()
  await page.getByRole('link', { name: `Download a file of ${asked}` }).click()
  await page.getByLabel('Type your password again').fill('not this one')
  await press(page, 'Go on')
  await says(page, 'The password is not right.')
  await visit.inspect('project-password')
  await page.getByLabel('Type your password again').fill(researcher.password)
  await press(page, 'Go on')
  await says(page, 'Your password is right.')
  await visit.inspect('project-ticket')
  const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Download the file (zip)')])
  assert.match(file.suggestedFilename(), /^cairn-project-\d{4}-\d\d-\d\d\.zip$/)
  assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK')
  // A second press within a second would be no press at all.
  await page.locator('form[action$="/file"]').evaluate((form) => form.requestSubmit())
  await page.getByRole('link', { name: /^This download was taken already/ }).waitFor()
  assert.doesNotMatch(page.url(), /ticket/)
  await page.getByRole('link', { name: asked }).first().click()
  await says(page, /^SHA-256 [0-9a-f]{64}$/)
  await visit.inspect('project-log')
}))

test('whoever decides about a second project reads which files it is held against', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, researcher)
  await page.goto('/projects')
  await press(page, 'Ask for a project')
  await page.getByLabel('Name of the project', { exact: true }).fill('Again')
  await page.getByLabel('What are the rows for?').fill('Whether exercise goes on for longer in groups. Made up.')
  await page.getByLabel('Riverside Moving Well (demo)').check()
  await date(page, 'Last day of downloads', daysAgo(-30))
  await press(page, 'Ask for the project')
  await page.getByRole('heading', { name: 'Again', level: 1 }).waitFor()
  await press(page, 'Sign out')

  await signIn(page, manager)
  await page.goto('/projects')
  await page.getByRole('link', { name: 'Look and decide about Again' }).click()
  await says(page, `Files of other projects that this one’s are held against: “${asked}”.`)
  await visit.inspect('project-beside')
}))
