// What practitioners do all day, by keyboard alone: every box, button and link is
// reached with Tab, and nothing is touched with a mouse.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { daysAgo, openScheme, practitioner, register, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// keys presses keys on a page, and reaches things by Tab alone.
function keys(page) {
  const press = (key) => page.keyboard.press(key)
  const on = () => page.evaluate(() => {
    const at = document.activeElement
    const style = getComputedStyle(at)
    const beside = at.labels?.[0] ? getComputedStyle(at.labels[0], '::before') : style
    const box = at.getBoundingClientRect()
    return {
      name: (at.labels?.[0]?.textContent ?? at.textContent).trim().replace(/\s+/g, ' '),
      group: at.closest('fieldset')?.querySelector('legend')?.textContent.trim() ?? '',
      shown: box.bottom > 0 && box.top < window.innerHeight,
      marked: [style, beside].some((s) => s.boxShadow !== 'none' || (s.outlineStyle !== 'none' && s.outlineWidth !== '0px'))
    }
  })
  return {
    press,
    type: (text) => page.keyboard.type(text),
    // to presses Tab until something of that name has the focus, and shows it.
    async to(name, group = /^/) {
      for (let n = 0; n < 200; n++) {
        await press('Tab')
        const at = await on()
        if (name.test(at.name) && group.test(at.group)) {
          assert.ok(at.shown && at.marked, `${at.name} has the focus and does not show it`)
          return
        }
      }
      assert.fail(`${name} is not reached by Tab`)
    },
    async go(name) {
      await this.to(name)
      await press('Enter')
    }
  }
}

// day types a day into the boxes of one question.
async function day(hand, question, of) {
  for (const [box, part] of Object.entries(of)) {
    await hand.to(new RegExp(`^${box}$`), question)
    await hand.press('Control+A')
    await hand.type(part)
  }
}

async function referred(page, reference) {
  await signIn(page, practitioner)
  await openScheme(page, scheme)
  await register(page, reference, daysAgo(20))
  await says(page, 'The referral was registered.')
  await page.goto(page.url().split('?')[0])
  return page.url()
}

test('a SWEMWBS is recorded by keyboard alone, as digits and item by item', () => house.visiting(async (visit) => {
  const { page } = visit
  const hand = keys(page)
  const at = await referred(page, 'HAND-1')
  await hand.go(/^Record baseline of SWEMWBS/)
  await says(page, 'Day it was answered')
  await day(hand, /Day it was answered/, daysAgo(18))
  await hand.to(/^The 7 answers/)
  await hand.type('3425341')
  await says(page, 'SWEMWBS (raw total): 22 on a scale from 7 to 35, higher is better')
  await hand.to(/./, /How was it taken/)
  await hand.press('Space')
  await hand.press('Enter')
  await says(page, 'SWEMWBS (raw total): 22')

  await page.goto(`${at}/assessments/new?measure=swemwbs&occasion=later&way=items`)
  await day(hand, /Day it was answered/, daysAgo(1))
  for (let n = 1; n <= 7; n++) {
    await hand.to(/./, new RegExp(`^Question ${n}$`))
    await hand.press('Space')
    await hand.press('ArrowRight')
  }
  await says(page, '7 of 7 answered')
  await hand.go(/^Save$/)
  await says(page, 'SWEMWBS (raw total): 14')
}))

test('a stack of paper forms is begun, typed and put right by keyboard alone', () => house.visiting(async (visit) => {
  const { page } = visit
  const hand = keys(page)
  for (const reference of ['HAND-2', 'HAND-3']) {
    await referred(page, reference)
    await page.getByRole('button', { name: 'Sign out' }).click()
  }
  await signIn(page, practitioner)
  await openScheme(page, scheme)
  await hand.go(/^Type in paper forms$/)
  await says(page, 'Measure and time')
  await hand.to(/^Measure and time$/)
  await hand.type('SWEMWBS: B')
  await hand.to(/./, /How was it taken/)
  await hand.press('Space')
  await hand.go(/^Start typing$/)
  await page.getByLabel('Reference, form 1', { exact: true }).waitFor()
  await hand.to(/^Reference, form 1$/)
  for (const reference of ['HAND-2', 'HAND-33']) {
    await hand.type(reference)
    await hand.press('Tab')
    await hand.type(Object.values(daysAgo(15)).join(' '))
    await hand.press('Tab')
    await hand.type('3232323')
  }
  await hand.press('Enter')
  await says(page, '1 form was saved.')
  await page.getByRole('alert').getByText('Nobody in this scheme has the reference “HAND-33”.').waitFor()
  await hand.go(/^Form 2: /)
  await hand.press('Control+A')
  await hand.type('HAND-3')
  await hand.press('Enter')
  await says(page, '1 form was saved.')
  await hand.go(/^HAND-3$/)
  await page.waitForURL(/\/assessments\//)
  await says(page, 'SWEMWBS (raw total)')
  await says(page, 'In person')
}))

test('a due item is closed, and opened again, by keyboard alone', () => house.visiting(async (visit) => {
  const { page } = visit
  const hand = keys(page)
  await referred(page, 'HAND-4')
  await page.goto('/')
  await hand.go(/^Not done/)
  await says(page, 'Why was it not done?')
  await hand.go(/^Declined$/)
  await says(page, 'It is off the list.')
  await hand.go(/^Undo$/)
  await says(page, 'Undone. It is on the list again.')
  await hand.go(/^Not done/)
  await says(page, 'Why was it not done?')
  await hand.go(/^Come back on another day$/)
  await day(hand, /Day to come back/, daysAgo(-5))
  await hand.go(/^Come back on that day$/)
  await says(page, 'It is on the list again from')
}))
