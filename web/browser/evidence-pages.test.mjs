// The pages around a scheme's evidence: groups side by side, equity, occupational
// therapists' part, costs and value, and what people are compared with.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { daysAgo, date, manager, signIn } from './steps.mjs'

const connected = { login: 'linkworker', password: 'demo-practitioner-2' }

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

// says waits for a text in the page's main part.
const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// at is the address of a page about one scheme, by the scheme's name.
async function at(page, name, rest) {
  await page.goto('/schemes')
  const link = await page.getByRole('link', { name: `Evidence of ${name}` }).getAttribute('href')
  return link.replace('/evidence', rest)
}

test('groups stand side by side, and are not ranked', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.goto('/compare')
  await says(page, 'Nothing here is ranked')
  await page.locator('#forest svg').waitFor()
  await visit.inspect('compare-schemes')
  await page.goto('/compare?by=category')
  await says(page, 'People who started more than one kind of activity')
  await page.goto('/compare?by=shoe-size')
  await page.getByRole('alert').waitFor()
  await visit.inspect('compare-wrong')
  await page.goto('/ot?measure=swemwbs-metric')
  await says(page, 'What would be needed to say more')
  await visit.inspect('ot')
  await page.goto(await at(page, 'Riverside Green Roots (demo)', '/equity'))
  await says(page, 'Deprivation')
  await visit.inspect('equity')
}))

test('a cost is entered, its mistakes are said at their fields, and it has a value only if', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  const costs = await at(page, 'Riverside Moving Well (demo)', '/costs')
  await page.goto(costs.replace('/costs', '/value'))
  await says(page, 'Enter what it costs')
  await visit.inspect('value-empty')
  await page.goto(costs)
  await page.getByLabel('How much, in pounds?').fill('-5')
  await page.getByRole('button', { name: 'Add the cost' }).click()
  await page.getByRole('alert').getByText('Choose what the money was spent on.').waitFor()
  assert.equal(await page.getByLabel('How much, in pounds?').inputValue(), '-5')
  assert.equal(await page.getByLabel('How much, in pounds?').getAttribute('aria-invalid'), 'true')
  await visit.inspect('costs-wrong')
  await page.goto(await at(page, 'Riverside Green Roots (demo)', '/value?measure=ons4-satisfaction'))
  await page.getByLabel('How much of the change do you suppose the scheme caused, in per cent?').fill('300')
  await page.getByLabel('For how many weeks do you suppose it lasts?').fill('26')
  await page.getByRole('button', { name: 'Work it out' }).click()
  await page.getByRole('alert').getByText('100').first().waitFor()
  await page.getByLabel('How much of the change do you suppose the scheme caused, in per cent?').fill('30')
  await page.getByRole('button', { name: 'Work it out' }).click()
  await says(page, 'Print this with it')
  await visit.inspect('value')
}))

test('people who waited are compared with, and it is no effect', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, connected)
  await page.goto(await at(page, 'Hilltop Connect (demo)', '/comparator?measure=swemwbs-metric'))
  await says(page, 'People of the scheme while they waited')
  await page.locator('#comparison-1-difference svg').waitFor()
  assert.doesNotMatch(await page.getByRole('main').innerText(), /effect/i)
  await visit.inspect('comparator-waiting')
  await page.goto(await at(page, 'Hilltop Connect (demo)', '/evidence?measure=ons4-satisfaction'))
  await says(page, 'Level 3')
  await says(page, 'Cairn does not pool comparisons yet')
}))

test('a group from elsewhere comes in as a file, and bad lines are said', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.goto(await at(page, 'Riverside Moving Well (demo)', '/comparator'))
  await says(page, 'There is no comparison group yet.')
  await page.getByRole('link', { name: 'Bring in a comparison group' }).click()
  await visit.inspect('comparator-new')
  await page.getByLabel('Who are they?').fill('Two practices without the offer (synthetic)')
  await page.getByLabel('Where are the scores from?').fill('Made-up survey')
  await page.getByLabel('Who could be in the group?').fill('Adults')
  await date(page, 'Day of the first score', daysAgo(500))
  await date(page, 'Day of the last score', daysAgo(60))
  await page.getByLabel('Weeks between a person’s two scores').fill('12')
  await page.getByLabel('No', { exact: true }).check()
  const scores = (lines) => ({ name: 'scores.csv', mimeType: 'text/csv', buffer: Buffer.from(`before,after\n${lines.join('\n')}\n`) })
  const good = Array.from({ length: 40 }, (_, i) => `${2 + i % 7},${2 + i % 7 + i % 2}`)
  await page.getByLabel('Choose a CSV file').setInputFiles(scores([...good, '11,3']))
  await page.getByRole('button', { name: 'Save the group' }).click()
  await page.getByRole('alert').getByText('Line 42, before:').waitFor()
  await visit.inspect('comparator-new-wrong')
  await page.getByLabel('Or paste them').fill('')
  await page.getByLabel('Choose a CSV file').setInputFiles(scores(good))
  await page.getByRole('button', { name: 'Save the group' }).click()
  await says(page, 'The comparison group is saved.')
  await page.locator('#comparison-1-difference svg').waitFor()
  await visit.inspect('comparator-imported')
}))
