// An answer that needs action, from its question to its end.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { date, daysAgo, manager, practitioner, register, signIn } from './steps.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// clinic sets up a scheme that asks PHQ-9 and MYCaW, and registers somebody.
async function clinic(page, name, reference) {
  await signIn(page, manager)
  await page.goto('/schemes/new')
  await page.getByLabel('Name of the scheme').fill(name)
  await page.getByLabel('Patient Health Questionnaire 9 (PHQ-9)').check()
  await page.getByLabel('Measure Yourself Concerns and Wellbeing (MYCaW)').check()
  await page.getByLabel('Weeks from the start to the follow-up').fill('12')
  await date(page, 'The plan holds from', daysAgo(300))
  await page.getByRole('button', { name: 'Set up the scheme' }).click()
  await register(page, reference, daysAgo(5))
  await says(page, 'The referral was registered.')
}

// ninth answers PHQ-9 on the page of a referral.
async function ninth(page, said) {
  await page.getByRole('link', { name: 'Record baseline of PHQ-9' }).click()
  for (let n = 1; n <= 9; n++) {
    await page.locator(`input[name="items.item-${n}"][value="${n === 9 ? said : 1}"]`).check()
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

const journey = (name, reference) => async (visit) => {
  const { page, scripted } = visit
  const shot = (what) => visit.inspect(`${what}${scripted ? '' : '-without-scripts'}`)
  await clinic(page, name, reference)
  const referral = page.url()
  await ninth(page, 2)
  await says(page, 'This answer needs action')
  await says(page, '2, “More than half the days”')
  await says(page, 'NHS 111')
  await shot('safety-alert')

  await page.getByRole('button', { name: 'Keep this' }).click()
  await says(page, 'Choose what is happening about this.')
  await page.getByLabel('I passed it on to somebody').check()
  await page.getByLabel('To whom, or what was done').fill('The duty nurse')
  await page.getByRole('button', { name: 'Keep this' }).click()
  await says(page, 'Passed on: The duty nurse')
  await shot('safety-alert-held')

  await page.goto(referral)
  await says(page, 'Passed on, not closed')
  await shot('safety-referral')
  await page.goto(`${referral.split('?')[0]}/assessments/new?measure=mycaw&occasion=baseline`)
  assert.equal(await page.getByText('not read straight away').count(), 2)
  await shot('safety-words-asked')
  await page.getByLabel('Concern 1', { exact: true }).fill('I cannot sleep')
  await page.locator('input[name="items.concern-1-severity"][value="4"]').check()
  await page.locator('input[name="items.wellbeing"][value="3"]').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()

  await page.goto('/safety')
  await says(page, 'Concern 1: I cannot sleep')
  await shot('safety')
  await page.getByRole('button', { name: new RegExp(`I have read this.*${reference}`) }).click()
  await says(page, 'It was kept.')
  assert.equal(await page.getByText('I cannot sleep').count(), 0)
  await page.getByRole('link', { name: new RegExp(`Open.*the alert about ${reference}`) }).click()
  await page.getByLabel('It is over, and I write down what was done').check()
  await page.getByLabel('To whom, or what was done').fill('Seen by the GP')
  await page.getByRole('button', { name: 'Keep this' }).click()
  await says(page, 'This was closed')
  await shot('safety-alert-closed')
}

test('an answer that needs action, to its end', () => house.visiting(journey('Safety with scripts', 'SAFE-1')))
test('the same without scripts', () => house.visiting(journey('Safety without scripts', 'SAFE-2'), { javaScriptEnabled: false }))

test('a protocol is recorded, and shown with an answer that needs action', () => house.visiting(async (visit) => {
  const { page } = visit
  await clinic(page, 'Safety with a protocol', 'SAFE-3')
  const referral = page.url()
  await page.getByRole('link', { name: 'Safety', exact: true }).click()
  await page.getByRole('link', { name: 'Record your protocol' }).click()
  await page.getByRole('button', { name: 'Record the protocol' }).click()
  await says(page, 'Give at least one number to ring.')
  await visit.inspect('safety-protocol-refused')
  await page.getByLabel('What people do').fill('1. Stay with the person.\n2. Ring the duty desk.\n3. Write down what was agreed.')
  await page.getByLabel('Number 1: whose it is').fill('Duty desk')
  await page.getByLabel('Number 1: the number').fill('01632 960 001')
  await page.getByLabel('Lead', { exact: true }).selectOption({ label: manager.login })
  await page.getByLabel("This is our organisation's own protocol, and I may confirm it").check()
  await page.getByRole('button', { name: 'Record the protocol' }).click()
  await says(page, 'The protocol was recorded.')
  await visit.inspect('safety-protocol')
  await page.goto(referral)
  await ninth(page, 3)
  await says(page, 'Duty desk: 01632 960 001')
  await says(page, 'This Cairn sends no mail')
  await visit.inspect('safety-alert-protocol')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, practitioner)
  await page.goto('/safety')
  assert.equal(await page.getByText('SAFE-3').count(), 0, 'another scheme’s alert is listed')
}))

test('a stack of paper says which form needs action, and goes on', () => house.visiting(async (visit) => {
  const { page } = visit
  await clinic(page, 'Safety of a stack', 'SAFE-4')
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Safety of a stack' }).click()
  await page.waitForURL(/\/schemes\/[^/]+$/)
  await page.goto(`${page.url()}/paper?stack=phq9+baseline`)
  const row = async (n, reference, answers) => {
    await page.getByLabel(`Reference, form ${n}`, { exact: true }).fill(reference)
    await page.getByLabel(`Day month year, form ${n}`, { exact: true }).fill(Object.values(daysAgo(3)).join(' '))
    await page.getByLabel(`Answers, form ${n}`, { exact: true }).fill(answers)
  }
  await row(1, 'SAFE-4', '011111112')
  await row(2, 'SAFE-404', '011111110')
  await page.getByRole('button', { name: 'Save these forms' }).click()
  await says(page, 'Act on this form now')
  await says(page, 'Nobody in this scheme has the reference “SAFE-404”')
  await visit.inspect('safety-stack')
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: /Open what to do about SAFE-4/ }).click()
  await says(await opened, 'This answer needs action')
  assert.equal(await page.getByLabel('Answers, form 2', { exact: true }).inputValue(), '011111110')
}))
