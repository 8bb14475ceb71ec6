// What belongs to a person: details, how they like to be asked, what they agreed
// to, two records that are one, and an assessment that belongs to somebody else.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { answer, date, daysAgo, manager, practitioner, register, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

async function referred(page, reference, days = 100) {
  await page.goto('/schemes')
  await page.getByRole('link', { name: scheme, exact: true }).first().click()
  await register(page, reference, daysAgo(days))
  await says(page, 'The referral was registered.')
  return page.url().replace(/\?.*/, '')
}

async function find(page, reference) {
  await page.goto('/people')
  await page.getByLabel('Find a person').fill(reference)
  await page.getByRole('button', { name: 'Find', exact: true }).click()
}

test('how somebody likes to be asked is seen before anybody is in touch', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  const referral = await referred(page, 'PERSON-1')
  await page.getByRole('link', { name: 'Say how this person likes to be asked' }).click()
  await visit.inspect('person-care-empty')
  await page.getByRole('checkbox', { name: 'With an interpreter' }).check()
  await page.getByRole('checkbox', { name: 'Do not contact this person' }).check()
  await page.getByLabel('When and how is it safe').fill('only before noon')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'Enter the language that the interpreter is for.')
  await visit.inspect('person-care-refused')
  await page.getByRole('textbox', { name: 'Language' }).fill('Urdu')
  await answer(page, 'Who said so?', 'The person')
  await page.getByLabel('Why?').fill('in hospital <b>until</b> spring')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'What you wrote is kept.')
  for (const path of [referral, `${referral}/assessments/new?measure=ons4&occasion=later`, `${referral}/contacts/new`]) {
    await page.goto(path)
    await page.getByRole('heading', { name: 'Do not contact this person' }).waitFor()
    await says(page, 'only before noon')
    await says(page, 'in hospital <b>until</b> spring')
  }
  await page.goto(referral)
  await visit.inspect('person-care-on-referral')
}))

test('two who change one person both see both texts, also without scripts', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await referred(page, 'PERSON-2')
  await find(page, 'person-2')
  await page.getByRole('link', { name: 'Change their details' }).click()
  await page.getByLabel('Year of birth').fill('1961')
  const other = await visit.context.newPage()
  await other.goto(page.url())
  await other.getByLabel('Sex').selectOption('Female')
  await other.getByRole('button', { name: 'Save', exact: true }).click()
  await says(other, 'The details were changed.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'What is kept now')
  await says(page, 'Female')
  assert.equal(await page.getByLabel('Year of birth').inputValue(), '1961')
  await page.getByLabel('Sex').selectOption('Female')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'The details were changed.')
  await page.getByLabel('Reference', { exact: true }).fill('943 476 5919')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'This looks like an NHS number.')
}, { javaScriptEnabled: false }))

test('what somebody agreed to has a history, and silence is silence', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await referred(page, 'PERSON-3')
  await find(page, 'PERSON-3')
  await visit.inspect('person-own')
  await page.getByRole('link', { name: 'What they agreed to' }).click()
  await says(page, 'Not asked')
  await says(page, 'Not checked')
  for (const [state, days] of [['Consent given', 60], ['Consent withdrawn', 20]]) {
    await answer(page, 'What was it about?', 'Research')
    await page.getByLabel('Legal basis').selectOption('Consent')
    await answer(page, 'What did they say?', state)
    await date(page, 'Day they said it', daysAgo(days))
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await says(page, 'What they said was added.')
  }
  await says(page, 'Left out of rows that are exported for this.')
  await says(page, 'Consent given')
  await visit.inspect('person-permissions')
}))

test('a name and an NHS number get into no address', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  for (const [typed, said] of [['Somebody Unlikely', 'Nobody found'], ['943 476 5919', 'Nobody found'], ['NHS 943 476 5919', 'Type the number alone.']]) {
    await find(page, typed)
    await says(page, said)
    assert.equal(new URL(page.url()).search, '')
  }
  await visit.inspect('people-refused')
}))

test('a manager sees two records side by side and makes them one', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await referred(page, 'TWIN-07')
  await referred(page, 'twin 7', 50)
  await page.goto('/people/duplicates')
  await visit.inspect('duplicates')
  await page.getByRole('link', { name: /See them side by side.*TWIN-07/ }).click()
  await says(page, 'They cannot be merged yet')
  await says(page, 'Both have an open referral to the same scheme')
  assert.equal(await page.getByRole('button', { name: 'Make them one record' }).count(), 0)
  await visit.inspect('merge-against')
  await page.goto('/people/merge')
  await page.getByLabel('Reference to keep').fill('TWIN-07')
  await page.getByLabel('Reference of the duplicate').fill('nobody at all')
  await page.getByRole('button', { name: 'See them side by side' }).click()
  await says(page, 'Nobody of your schemes is registered under this reference.')
  await visit.inspect('merge-refused')
}))

test('an assessment recorded for the wrong person goes to the right one, and both say so', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  const right = await referred(page, 'MOVE-2')
  const wrong = await referred(page, 'MOVE-1')
  await page.goto(`${wrong}/assessments/new?measure=ons4&occasion=later`)
  await date(page, 'Day it was answered', daysAgo(20))
  await answer(page, 'how satisfied are you with your life', '4')
  await answer(page, 'how anxious did you feel', 'Left out')
  await answer(page, 'How was it taken?', 'In person')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.goto(wrong)
  await page.getByRole('link', { name: /Wrong person\?/ }).click()
  await visit.inspect('assessment-move')
  await page.getByLabel('Reference of the person').fill('MOVE-2')
  await page.getByLabel('Why?').fill('picked the wrong line')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForURL(/referrals/)
  assert.equal(page.url().replace(/\?.*/, ''), right)
  await page.goto(wrong)
  await says(page, 'Moved away from here')
  await says(page, 'picked the wrong line')
  await visit.inspect('referral-moved')
}))
