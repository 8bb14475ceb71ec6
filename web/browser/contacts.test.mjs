// Contacts in two taps, what became of a prescription, and a group's register.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { date, daysAgo, practitioner, register, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'
const group = 'Riverside Green Roots (demo)'
const phone = { width: 390, height: 844 } // CSS pixels

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

async function referred(page, reference) {
  await signIn(page, practitioner)
  await page.getByRole('link', { name: 'Schemes', exact: true }).click()
  await page.getByRole('link', { name: scheme, exact: true }).click()
  await register(page, reference, daysAgo(30))
  await says(page, 'The referral was registered.')
}

async function twoTaps(visit, reference) {
  const { page } = visit
  await page.setViewportSize(phone)
  await referred(page, reference)
  for (const [way, came] of [['Phone', 'No answer'], ['Text message', 'Sent, no answer yet'], ['Letter', 'Sent, no answer yet'], ['Video', 'Did not attend'], ['In person', 'Cancelled']]) {
    await page.getByRole('link', { name: way, exact: true }).click()
    if (way === 'Phone') {
      await visit.inspect(`contact-new-${reference}`)
    }
    const button = page.getByRole('button', { name: came, exact: true })
    assert.ok((await button.boundingBox()).height >= 44, `${came} is large enough for a thumb`)
    await button.click()
    await says(page, 'Saved')
    if (way === 'Letter') {
      await says(page, 'This is try 3 without an answer.')
      await visit.inspect(`contact-saved-${reference}`)
    }
  }
  await page.getByRole('button', { name: 'Undo' }).click()
  await says(page, 'The contact was taken back.')
  await says(page, '3 tries without an answer')
  await page.getByRole('link', { name: 'Change Phone' }).click()
  await visit.inspect(`contact-${reference}`)
  await page.getByRole('radio', { name: '15 to 29 minutes' }).check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, '15 to 29 minutes')
}

test('a contact is saved in two taps on a phone, and taken back', () => house.visiting((visit) => twoTaps(visit, 'CONTACT-1')))
test('the same without scripts', () => house.visiting((visit) => twoTaps(visit, 'CONTACT-2'), { javaScriptEnabled: false }))

test('enter in a box of the contact page saves nothing by itself', () => house.visiting(async (visit) => {
  const { page } = visit
  await referred(page, 'CONTACT-3')
  await page.getByRole('link', { name: 'Phone', exact: true }).click()
  await page.getByText('Another day, or how long it took').click()
  await page.getByLabel('Year').fill('2026')
  await page.keyboard.press('Enter')
  assert.match(page.url(), /contacts\/new/)
  await says(page, 'Phone: what came of it?')
}))

test('what became of a prescription: one button, then the form', () => house.visiting(async (visit) => {
  const { page } = visit
  await referred(page, 'CONTACT-4')
  await page.getByRole('link', { name: 'Prescribe an activity' }).click()
  await page.getByLabel('Activity', { exact: true }).selectOption({ index: 1 })
  await date(page, 'Day it was offered', daysAgo(20))
  await page.getByRole('button', { name: 'Save the prescription' }).click()
  await page.getByRole('link', { name: /^Change.*Chair-based exercise/ }).click()
  await visit.inspect('prescription')
  await page.getByRole('button', { name: 'Accepted today' }).click()
  await says(page, 'The prescription was saved.')
  await page.getByRole('link', { name: /^Change.*Chair-based exercise/ }).click()
  await page.getByRole('button', { name: 'First attended today' }).click()
  await says(page, 'Counted from the first activity attended')
  await page.getByRole('link', { name: /^Change.*Chair-based exercise/ }).click()
  const other = await visit.context.newPage()
  await other.goto(page.url())
  await other.getByLabel('Sessions attended').fill('2')
  await other.getByLabel('Sessions offered').fill('8')
  await other.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByLabel('Sessions attended').fill('3')
  await page.getByLabel('Sessions offered').fill('9')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'What you typed is still here.')
  await says(page, '2 attended of 8')
  assert.equal(await page.getByLabel('Sessions attended').inputValue(), '3')
  await visit.inspect('prescription-both')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, '3 of 9')
}))

async function takeRegister(visit, name, day) {
  const { page } = visit
  await page.setViewportSize(phone)
  await signIn(page, practitioner)
  await page.getByRole('link', { name: 'Schemes', exact: true }).click()
  await page.getByRole('link', { name: group, exact: true }).click()
  await page.getByRole('link', { name: 'Take a group register' }).click()
  await visit.inspect(`registers-${name}`)
  await page.getByLabel('Activity', { exact: true }).selectOption({ label: 'Riverside allotment' })
  await date(page, 'Day of the session', daysAgo(day))
  await page.getByRole('button', { name: 'Open the register' }).click()
  await says(page, 'Whoever you leave open is not counted.')
  const lines = page.getByRole('group')
  const people = await lines.count()
  assert.ok(people > 1, `${people} people on the register`)
  for (const label of await lines.first().locator('label').all()) {
    const box = await label.boundingBox()
    assert.ok(box.height >= 44 && box.width >= 80, 'an answer is large enough for a thumb')
  }
  await page.getByRole('link', { name: 'Mark everyone left open' }).click()
  await lines.first().getByRole('radio', { name: 'Did not attend' }).check()
  await visit.inspect(`register-${name}`)
  await page.getByRole('button', { name: 'Save the register' }).click()
  await says(page, 'The register was saved.')
  assert.ok(await lines.first().getByRole('radio', { name: 'Did not attend' }).isChecked())
  assert.equal(await page.getByRole('radio', { name: 'Attended', exact: true, checked: true }).count(), people - 1)
  await lines.first().getByRole('radio', { name: 'Not expected' }).check()
  await page.getByRole('button', { name: 'Save the register' }).click()
  await says(page, 'The register was saved.')
  await page.getByRole('link', { name: 'Group registers' }).first().click()
  await says(page, 'Registers saved')
}

test('a register of a group on a phone, opened again and corrected', () => house.visiting((visit) => takeRegister(visit, 'scripts', 3)))
test('the same register without scripts', () => house.visiting((visit) => takeRegister(visit, 'plain', 4), { javaScriptEnabled: false }))
