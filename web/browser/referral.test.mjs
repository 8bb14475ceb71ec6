// The life of a referral: registered with little or with much, accepted, paused,
// ended, opened again or declined, changed by two people at once, by keyboard too.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import {
  answer, date, daysAgo, manager, openScheme, practitioner, prescribe, recordLifeSatisfaction, signIn
} from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'
const named = 'Riverside Green Roots (demo)'
const phone = { viewport: { width: 390, height: 844 } } // CSS pixels

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()
const press = (page, name) => page.getByRole('button', { name, exact: true }).click()
const follow = (page, name) => page.getByRole('link', { name, exact: true }).first().click()

// arrived registers somebody of whom nothing but the reference and a day is known.
async function arrived(page, reference, days = 40) {
  await openScheme(page, scheme)
  await page.getByRole('link', { name: 'Register a referral' }).click()
  await page.getByLabel('Reference', { exact: true }).fill(reference)
  await date(page, 'Day the referral was received', daysAgo(days))
  await press(page, 'Register the referral')
  await says(page, 'The referral was registered.')
}

// life goes from the arrival of a referral to its return, a button for each step.
async function life(visit, name) {
  const { page } = visit
  const look = (what) => visit.inspect(`referral-${what}${name}`)
  await signIn(page, practitioner)
  await arrived(page, `LIFE${name}`)
  await says(page, 'Not accepted yet.')
  await look('arrived')

  await follow(page, 'Accept')
  await date(page, 'Day it was accepted', daysAgo(-2))
  await press(page, 'Accept')
  await page.getByRole('alert').getByText('is in the future').waitFor()
  await look('accept')
  await date(page, 'Day it was accepted', daysAgo(35))
  await press(page, 'Accept')
  await says(page, 'The referral was accepted.')
  assert.equal(await page.getByText('Not accepted yet.').count(), 0)

  await follow(page, "Change the occupational therapist's part")
  await answer(page, 'Their part', 'Advised')
  await date(page, 'From which day', daysAgo(30))
  await press(page, 'Save')
  await says(page, `Advised by ${practitioner.login}, from`)
  await follow(page, "Change the occupational therapist's part")
  await answer(page, 'Their part', 'Led')
  await date(page, 'From which day', daysAgo(20))
  await look('therapist')
  await press(page, 'Save')
  await says(page, `Led by ${practitioner.login}, from`)
  await says(page, `Advised by ${practitioner.login}, from`)

  await follow(page, 'Pause the referral')
  await look('pause')
  await press(page, 'Pause')
  await says(page, 'Nothing is asked of the person meanwhile.')
  await says(page, 'Not asked while the referral is paused')
  await look('paused')
  await follow(page, 'Go on')
  await page.getByRole('checkbox', { name: 'The pause was entered by mistake: take it out' }).check()
  await look('resume')
  await press(page, 'Go on')
  await says(page, 'The pause was changed.')
  assert.equal(await page.getByText('Nothing is asked of the person meanwhile.').count(), 0)

  await follow(page, 'End the referral')
  await press(page, 'End the referral')
  await page.getByRole('alert').getByText('Choose how it ended.').waitFor()
  await look('end')
  await answer(page, 'How did it end?', 'Goals met')
  await press(page, 'End the referral')
  await says(page, 'The referral was ended.')
  await look('ended')
  await follow(page, 'Open it again')
  await look('reopen')
  await press(page, 'Open it again')
  await says(page, 'The referral is open again.')
  await says(page, 'Opened again')
}

test('from arrival to return, each step on a page of its own', () => house.visiting((visit) => life(visit, '')))
test('the same without scripts, on a phone', () => house.visiting((visit) => life(visit, '-without-scripts'), { ...phone, javaScriptEnabled: false }))

test('a referral is declined with its reason, and opened again', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await arrived(page, 'DECLINED-1')
  await follow(page, 'Decline')
  await press(page, 'Decline')
  const summary = page.getByRole('alert')
  await summary.waitFor()
  await answer(page, 'Why was it declined?', 'The service had no room')
  await visit.inspect('referral-decline')
  await press(page, 'Decline')
  await says(page, 'The referral was declined.')
  await says(page, 'The service had no room')
  assert.equal(await page.getByRole('link', { name: 'Accept', exact: true }).count(), 0)
  await visit.inspect('referral-declined')
  await follow(page, 'Open it again')
  await press(page, 'Open it again')
  await says(page, 'Not accepted yet.')
}))

test('two people change one referral, and the second sees both texts', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await arrived(page, 'BOTH-1')
  await follow(page, 'Change the GP practice')
  const other = await visit.context.newPage()
  await other.goto(page.url())
  await other.getByLabel('GP practice (optional)').fill('Mill Lane Surgery')
  await other.getByRole('checkbox', { name: 'Bereavement' }).check()
  await press(other, 'Save')
  await says(other, 'Mill Lane Surgery')

  await page.getByLabel('GP practice (optional)').fill('Weir Surgery')
  await page.getByRole('checkbox', { name: 'Housing' }).check()
  await press(page, 'Save')
  await says(page, 'Somebody else changed this referral meanwhile')
  for (const text of ['There now: Mill Lane Surgery', 'You typed: Weir Surgery', 'There now: Bereavement', 'You typed: Housing']) {
    await says(page, text)
  }
  assert.equal(await page.getByLabel('GP practice (optional)').inputValue(), 'Weir Surgery')
  await visit.inspect('referral-both')
  await other.reload()
  assert.equal(await other.getByText('Weir Surgery').count(), 0, 'nothing is saved until the second person decides')
  await press(page, 'Save')
  await says(page, 'Weir Surgery')
  assert.equal(await page.getByText('Mill Lane Surgery').count(), 0)
}))

test('a full page of a referral, with all that a service may know', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await openScheme(page, named)
  await follow(page, 'Change what is asked about people')
  await visit.inspect('profile')
  await page.getByRole('radio').last().check()
  await press(page, 'Save')
  await press(page, 'Sign out')
  await says(page, 'Sign in')

  await signIn(page, practitioner)
  await openScheme(page, named)
  await page.getByRole('link', { name: 'Register a referral' }).click()
  await page.getByLabel('Reference', { exact: true }).fill('FULL-1')
  await page.getByLabel('Name (optional)').fill('Rowan Example')
  await page.getByLabel('NHS number (optional)').fill('999 000 0001')
  await page.getByText('How to reach the person (optional)').click()
  await page.getByLabel('Phone number').fill('01632 960001')
  await page.getByLabel('Address, line 1').fill('1 Example Street')
  await page.getByLabel('Town').fill('Riverside')
  await date(page, 'Day the referral was received', daysAgo(205))
  await date(page, 'Day it was accepted', daysAgo(200))
  await page.getByText('About the referral (all optional)').click()
  await page.getByLabel('Who referred').selectOption({ label: 'General practice' })
  await page.getByLabel('GP practice').fill('Mill Lane Surgery')
  await page.getByRole('checkbox', { name: 'Loneliness or isolation' }).check()
  await page.getByRole('checkbox', { name: 'Being more active' }).check()
  await answer(page, "Occupational therapist's part", 'Assessed')
  await page.getByText('About the person (all optional)').click()
  await page.getByLabel('Year of birth').fill('1890')
  await press(page, 'Register the referral')
  const summary = page.getByRole('alert')
  await summary.getByText('NHS number').first().waitFor()
  assert.equal(await page.getByLabel('Name (optional)').inputValue(), 'Rowan Example')
  assert.ok(await page.getByRole('checkbox', { name: 'Being more active' }).isChecked())
  await visit.inspect('referral-new-mistakes')
  await page.getByLabel('NHS number (optional)').fill('999 000 0018')
  await page.getByLabel('Year of birth').fill('1961')
  await page.getByLabel('Sex', { exact: true }).selectOption({ index: 1 })
  await press(page, 'Register the referral')
  await says(page, 'The referral was registered.')
  for (const text of ['Rowan Example', '01632 960001', 'Mill Lane Surgery', 'Loneliness or isolation', '1961']) {
    await says(page, text)
  }
  await prescribe(page, daysAgo(190))
  await recordLifeSatisfaction(page, 'baseline', daysAgo(190), 4)
  await says(page, 'Life satisfaction: 4')
  await follow(page, 'Phone')
  await press(page, 'No answer')
  await says(page, 'Saved')
  await visit.inspect('referral-full')
}))

// stops presses Tab until the page's footer is passed and names what had the
// focus, in order; each must be seen to have it, on the screen.
async function stops(page) {
  const names = []
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const on = document.activeElement
      const style = getComputedStyle(on)
      const beside = on.labels?.[0] ? getComputedStyle(on.labels[0], '::before') : style
      const box = on.getBoundingClientRect()
      return {
        main: Boolean(on.closest('main')), tag: on.tagName,
        name: (on.labels?.[0]?.textContent ?? on.textContent).trim(),
        shown: box.bottom > 0 && box.top < window.innerHeight,
        marked: [style, beside].some((s) => s.boxShadow !== 'none' || (s.outlineStyle !== 'none' && s.outlineWidth !== '0px'))
      }
    })
    if (!at.main) {
      if (names.length > 0) break
      continue
    }
    assert.ok(at.shown, `${at.name} has the focus and is off the screen`)
    assert.ok(at.marked, `${at.name} has the focus and does not show it`)
    names.push(at.name)
  }
  return names
}

// tabTo presses Tab until the box of that label has the focus.
async function tabTo(page, label) {
  for (let n = 0; n < 20; n++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(() => document.activeElement.labels?.[0]?.textContent.trim()) === label) return
  }
  assert.fail(`${label} is not reached`)
}

// inOrder fails unless the names come one after the other among those passed.
function inOrder(passed, names) {
  let from = 0
  for (const name of names) {
    const at = passed.findIndex((one, n) => n >= from && one.startsWith(name))
    assert.ok(at >= 0, `${name} does not come in its place in: ${passed.join(' | ')}`)
    from = at + 1
  }
}

test('by keyboard alone, registration and the page of a referral', () => house.visiting(async (visit) => {
  const { page } = visit
  const key = (name) => page.keyboard.press(name)
  await signIn(page, practitioner)
  await openScheme(page, scheme)
  await page.getByRole('link', { name: 'Register a referral' }).focus()
  await key('Enter')
  await says(page, 'Day the referral was received')
  inOrder(await stops(page), [
    'Reference', 'Already registered', 'Day', 'Month', 'Year', 'Day', 'Month', 'Year',
    'About the referral', 'About the person', 'Register the referral'
  ])

  await page.reload()
  await key('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Skip to main content')
  await key('Enter')
  await key('Tab')
  await page.keyboard.type('KEYS-1')
  for (const [box, part] of Object.entries(daysAgo(3))) {
    await tabTo(page, box)
    await key('Control+A')
    await page.keyboard.type(part)
  }
  await key('Enter')
  await says(page, 'The referral was registered.')

  await page.goto(page.url().split('?')[0])
  inOrder(await stops(page), [
    'Record of KEYS-1', 'Accept', 'Decline', 'Say how this person likes to be asked', 'Due', 'Contacts',
    'Record baseline of ONS4', 'Not done', 'Record baseline of SWEMWBS', 'Record a measure at another time',
    'Phone', 'Letter', 'Prescribe an activity', 'Change the day it was received', 'Pause', 'End'
  ])
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Contacts' }).focus()
  await key('Enter')
  await key('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Phone')
}))
