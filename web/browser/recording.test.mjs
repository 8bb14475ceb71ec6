// What is said while somebody types, how much typing a form takes, and a service
// manager's walk from a measure of their own to two records made one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { date, daysAgo, manager, practitioner, register, signIn } from './steps.mjs'

const small = 'Riverside First Steps (demo)'
const large = 'Riverside Green Roots (demo)'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// A hand counts what somebody does, for the keystroke-level model (Card, Moran and
// Newell 1980): 0.28 s a key, and 1.1 s to point and 1.35 s to think a tap.
class Hand {
  taps = 0
  keys = 0

  async tap(target) {
    this.taps++
    await target.click()
  }

  async type(target, text) {
    await this.tap(target)
    this.keys += text.length
    await target.pressSequentially(text)
  }

  get seconds() {
    return this.taps * (1.1 + 1.35) + this.keys * 0.28
  }
}

test('what does not go together is said while it is typed, and a SWEMWBS takes seconds', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await page.goto('/schemes')
  await page.getByRole('link', { name: small, exact: true }).click()
  await register(page, 'TYPED-1', daysAgo(20))
  await says(page, 'The referral was registered.')
  const at = new URL(page.url()).pathname
  const open = (measure, way) => page.goto(`${at}/assessments/new?measure=${measure}&occasion=later&way=${way}`)

  await open('pam', 'items')
  await page.getByRole('textbox', { name: 'PAM score' }).fill('60')
  await page.getByRole('group', { name: 'PAM level' }).getByRole('radio', { name: '1', exact: true }).check()
  const wrong = page.getByText('Check both: a PAM score of 60 goes with PAM level 3, not with 1.')
  await wrong.waitFor()
  await visit.inspect('typing-pam')
  await page.getByRole('group', { name: 'PAM level' }).getByRole('radio', { name: '3', exact: true }).check()
  await wrong.waitFor({ state: 'hidden' })

  await open('eq5d5l', 'digits')
  await page.getByLabel('The 5 answers, in the order of the form').pressSequentially('21132')
  await says(page, 'The answers are read as 21132.')

  await open('mycaw', 'items')
  const words = page.getByRole('textbox', { name: /^Concern 1/ }).first()
  await words.fill('x'.repeat(1_100_000))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'This text is too long to send.')
  assert.equal((await words.inputValue()).length, 1_100_000, 'what was typed is lost')
  assert.equal(new URL(page.url()).pathname, `${at}/assessments/new`)
  await words.fill('Debt')
  await page.getByText('This text is too long to send.').waitFor({ state: 'hidden' })
  await visit.inspect('typing-long')

  await page.context().clearCookies() // what was typed above stays in this tab
  await page.goto('/sign-in')
  const hand = new Hand()
  await hand.type(page.getByLabel('Login', { exact: true }), practitioner.login)
  await hand.type(page.getByLabel('Password', { exact: true }), practitioner.password)
  await hand.tap(page.getByRole('button', { name: 'Sign in', exact: true }).first())
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await hand.tap(page.getByRole('link', { name: 'People', exact: true }).first())
  await hand.type(page.getByLabel('Find a person'), 'TYPED-1')
  await hand.tap(page.getByRole('button', { name: 'Find' }))
  await hand.tap(page.getByRole('main').getByRole('link', { name: 'What is due, and record' }))
  await hand.tap(page.getByRole('link', { name: 'Record baseline of SWEMWBS' }))
  const before = hand.keys
  await hand.type(page.getByLabel('The 7 answers, in the order of the form'), '3425341')
  assert.equal(hand.keys - before, 7, 'seven answers are more than seven keys')
  await says(page, 'SWEMWBS (raw total): 22')
  await hand.tap(page.getByRole('button', { name: 'Save', exact: true }))
  await says(page, 'SWEMWBS (raw total): 22')
  console.log(`sign-in to a saved SWEMWBS: ${hand.taps} taps and ${hand.keys} keys, ${hand.seconds.toFixed(0)} s by the keystroke-level model`)
  assert.ok(hand.seconds < 60, `${hand.seconds.toFixed(0)} s`)
}, { viewport: { width: 390, height: 844 } }))

test('a manager adds a mean, and finds one person by name and year under two references', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.goto('/measures/new')
  for (const [label, text] of [
    ['Short name', 'Mean joy'], ['Name in full', 'Joy in the garden'], ['Questions or statements', 'I like being outside\nI am calm here\nI sleep'],
    ['Lowest number', '1'], ['What the lowest answer means', 'never'], ['Highest number', '5'], ['What the highest answer means', 'always'],
    ['What lets you use it', 'Our own words'], ['Where it comes from', 'The allotment group'],
    ['Reference of the licence', 'our own words'], ['Who confirms that you may use it', 'Ann Bell']
  ]) {
    await page.getByLabel(label).fill(text)
  }
  await page.getByLabel('A higher score is better').check()
  await page.getByLabel('Their mean is taken').check()
  await page.getByLabel('Decimals of the score').selectOption('2')
  await visit.inspect('own-mean')
  await page.getByRole('button', { name: 'See how it will look' }).click()
  await says(page, 'of which the mean is taken: scores from 1 to 5')
  await visit.inspect('own-mean-preview')
  await page.getByRole('button', { name: 'Keep this measure' }).click()
  await says(page, 'Kept in your library')

  for (const [scheme, reference, name] of [[small, 'ALIKE-1', 'Amy O’Lee'], [large, 'OTHER-2', 'olee, AMY']]) {
    await page.goto('/schemes')
    await page.getByRole('link', { name: scheme, exact: true }).click()
    await page.getByRole('link', { name: 'Register a referral' }).click()
    await page.getByLabel('Reference', { exact: true }).fill(reference)
    await page.getByLabel('Name (optional)').fill(name)
    await page.getByText('About the person (all optional)').click()
    await page.getByLabel('Year of birth').fill('1961')
    await date(page, 'Day the referral was received', daysAgo(20))
    await page.getByRole('button', { name: 'Register the referral' }).click()
    await says(page, 'The referral was registered.')
  }
  await page.goto('/quality')
  const pair = page.getByRole('listitem').filter({ hasText: 'ALIKE-1' }).filter({ hasText: 'OTHER-2' })
  await pair.getByText('The same name, born in 1961').waitFor()
  assert.doesNotMatch(await page.getByRole('main').innerText(), /lee/i, 'a name stands in the list')
  await visit.inspect('quality-by-name')
  await pair.getByRole('link', { name: /See them side by side/ }).click()
  await page.getByLabel('How do you know that they are one person?').fill('Asked them')
  await page.getByRole('button', { name: 'Make them one record' }).click()
  await page.waitForURL(/done=merged/)
  await page.getByText('Who looked at this person').click()
  await says(page, /, manager$/)
  await visit.inspect('who-looked')
  await page.goto('/people/duplicates')
  assert.equal(await page.getByText('ALIKE-1').count(), 0)
}))
