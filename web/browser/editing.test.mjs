// What was entered is changed: an activity, who somebody is and how to reach them;
// and somebody is found again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { daysAgo, manager, openScheme, recordLifeSatisfaction, register, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'
const number = '999 000 0018'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()
const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).click()

async function find(page, typed) {
  await page.goto('/people')
  await page.getByLabel('Find a person').fill(typed)
  await page.getByLabel('Find a person').press('Enter')
  assert.equal(new URL(page.url()).search, '', 'nothing typed is in the address')
}

async function activity(visit, name) {
  const { page } = visit
  await signIn(page, manager)
  await page.goto('/activities')
  await visit.inspect('activities')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Category', { exact: true }).selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Add the activity' }).click()
  await page.getByRole('link', { name: name }).click()
  await visit.inspect('activity')
  await page.getByLabel('Name', { exact: true }).fill(`${name} club`)
  await save(page)
  await page.getByRole('link', { name: `${name} club` }).click()
  await page.getByRole('button', { name: 'Stop it after today' }).click()
  await says(page, 'until')
  await page.getByRole('link', { name: `${name} club` }).click()
  await page.getByRole('button', { name: 'Do not stop it' }).click()
  await page.getByRole('link', { name: `${name} club` }).click()
  await page.getByRole('button', { name: 'Stop it after today' }).waitFor()
}

test('an activity is changed, stopped and offered again', () => house.visiting((visit) => activity(visit, 'Evening swim')))
test('the same without scripts', () => house.visiting((visit) => activity(visit, 'Morning swim'), { javaScriptEnabled: false }))

test('details are changed, an age is asked about once, and somebody is found again', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await openScheme(page, scheme)
  await page.getByRole('link', { name: 'Change what is asked about people' }).click()
  await page.getByRole('radio', { name: 'Name, contact details and NHS number' }).check()
  await page.getByRole('main').getByRole('button').first().click()
  await openScheme(page, scheme)
  await register(page, 'EDIT-1', daysAgo(20))
  await recordLifeSatisfaction(page, 'baseline', daysAgo(15), 4)
  await find(page, 'edit-1')
  await page.getByRole('link', { name: 'Change their details' }).click()
  await visit.inspect('person-details')
  await page.getByLabel('Name (optional)').fill('Wren Quillfeather')
  await page.getByLabel('NHS number (optional)').fill('999 000 0019')
  await page.getByLabel('Phone number').fill('01632 960001')
  await page.getByLabel('Year of birth (optional)').fill(`${new Date().getFullYear() - 5}`)
  await save(page)
  await says(page, 'its last digit does not fit the others')
  await page.getByLabel('NHS number (optional)').fill(number)
  await save(page)
  await visit.inspect('person-details-age')
  await page.getByRole('checkbox', { name: 'Yes, I checked it' }).check()
  await save(page)
  await says(page, 'The details were changed.')
  await visit.inspect('person-details-below')
  await save(page)
  await says(page, 'The details were changed.')

  const person = page.url().replace(/\/details.*/, '')
  for (const typed of ['EDIT-1', number, 'quillf wren']) {
    await find(page, typed)
    await page.waitForURL(person)
  }
  await page.goto('/people')
  await visit.inspect('people')
  for (const [typed, said] of [['EDIT-2', 'Nobody found'], ['943 476 5919', 'Nobody found'], ['999 000 0019', 'the last one does not fit'], [`NHS ${number}`, 'Type the number alone.']]) {
    await find(page, typed)
    await says(page, said)
  }
  await visit.inspect('people-refused')
  await find(page, 'RF')
  await visit.inspect('people-found')
}))
