// The main job in a real browser, by each role, with and without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import {
  administrator, answer, commissioner, date, daysAgo, manager, measuredTwice, openScheme, practitioner,
  prescribe, recordLifeSatisfaction, recordRawTotal, register, researcher, signIn
} from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'
const start = 190 // days ago: a follow-up after 12 weeks was due long since
const due = start - 84

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

// says waits for a text in the page's main part.
const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

test('a practitioner records a baseline and a follow-up, and the evidence changes', () => house.visiting(async (visit) => {
  const { page } = visit
  await page.goto('/')
  await visit.inspect('sign-in')
  await signIn(page, practitioner)
  await says(page, 'My caseload')
  await page.getByRole('link', { name: 'Schemes', exact: true }).click()
  await visit.inspect('schemes')

  await page.getByRole('link', { name: `Evidence of ${scheme}` }).click()
  const before = await measuredTwice(page)
  await page.getByRole('link', { name: scheme }).first().click()
  await visit.inspect('scheme')

  await register(page, 'JOURNEY-1', daysAgo(start + 5))
  await says(page, 'The referral was registered.')
  await visit.inspect('referral-registered')
  await prescribe(page, daysAgo(start))
  await says(page, 'The prescription was saved.')

  await recordLifeSatisfaction(page, 'baseline', daysAgo(start), 4)
  await says(page, 'Life satisfaction: 4 on a scale from 0 to 10, higher is better')
  await visit.inspect('referral-recorded')
  await recordRawTotal(page, 'baseline', daysAgo(start), 21)
  await says(page, 'SWEMWBS (converted): 19.25')
  await recordLifeSatisfaction(page, 'follow-up', daysAgo(due), 7)
  await says(page, 'Life satisfaction: 7')
  await recordRawTotal(page, 'follow-up', daysAgo(due), 25)
  await says(page, 'SWEMWBS (converted): 22.35')

  await page.getByRole('link', { name: scheme }).first().click()
  await page.getByRole('link', { name: 'See the evidence' }).click()
  assert.equal(await measuredTwice(page), before + 1)
  await visit.inspect('evidence')
}))

test('figures are drawn, and say their answer to whoever cannot see them', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  for (const name of ['Riverside Green Roots (demo)', 'Riverside Moving Well (demo)']) {
    await page.goto('/schemes')
    await page.getByRole('link', { name: `Evidence of ${name}` }).click()
    const figures = page.locator('figure')
    await figures.nth(8).waitFor() // the flow, the scores, and four runs over time
    for (const figure of await figures.all()) {
      const picture = figure.locator('.cairn-chart')
      await picture.locator('svg').waitFor()
      const said = (await figure.locator('.cairn-figure__says').innerText()).trim()
      assert.equal(await picture.getAttribute('aria-label'), said)
      await figure.getByText('The same numbers as a table').click()
      assert.ok(await figure.getByRole('row').count() > 1, 'the table is there')
    }
    await visit.inspect(`evidence-${name.split(' ')[1].toLowerCase()}`)
  }
  await page.getByText('show other figures').click()
  await page.getByLabel('From quarter').selectOption({ index: 4 })
  await answer(page, 'Pairing rule', 'First and last')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await says(page, 'Pairing rule “first-last”')
  await visit.inspect('evidence-filtered')
}))

test('a mistake is told where it was made, and nothing typed is lost', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await openScheme(page, scheme)
  await register(page, 'JOURNEY-2', daysAgo(30))
  await page.getByRole('link', { name: 'Record baseline of SWEMWBS' }).click()
  await page.getByRole('link', { name: 'Type the total' }).click()
  await visit.inspect('assessment-score')
  await date(page, 'Day it was answered', daysAgo(-3))
  await answer(page, 'Which score are you typing in?', 'SWEMWBS (raw total)')
  await page.getByLabel('Score', { exact: true }).fill('36')
  await answer(page, 'Who helped?', 'An interpreter')
  await page.getByRole('button', { name: 'Save', exact: true }).click()

  const summary = page.getByRole('alert')
  await summary.getByText('runs from 7 to 35').waitFor()
  await summary.getByText('is in the future').waitFor()
  assert.ok(await page.evaluate(() => document.activeElement.matches('.nhsuk-error-summary')), 'the summary has the focus')
  assert.match(await page.title(), /^Error: /)
  assert.equal(await page.getByLabel('Score', { exact: true }).inputValue(), '36')
  assert.ok(await page.getByRole('radio', { name: 'An interpreter' }).isChecked())
  await visit.inspect('assessment-mistakes')
  await summary.getByRole('link', { name: 'runs from 7 to 35' }).click()
  assert.equal(await page.evaluate(() => document.activeElement.id), 'score')

  await page.getByLabel('Score', { exact: true }).fill('21')
  await date(page, 'Day it was answered', daysAgo(25))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'SWEMWBS (raw total): 21')
  assert.equal(await page.getByText('Helped by: An interpreter').count(), 1)
}))

test('a commissioner sees what was granted, and no scheme', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, commissioner)
  await says(page, 'Granted to you')
  assert.equal(await page.getByRole('link', { name: 'Schemes', exact: true }).count(), 0)
  await page.goto('/schemes')
  await says(page, 'You cannot do this')
  await visit.inspect('problem')
}))

test('without scripts everything is there', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  await openScheme(page, scheme)
  await register(page, 'JOURNEY-3', daysAgo(start))
  await prescribe(page, daysAgo(start))
  await recordLifeSatisfaction(page, 'baseline', daysAgo(start), 5)
  await recordLifeSatisfaction(page, 'follow-up', daysAgo(due), 3)
  await says(page, 'Life satisfaction: 3')
  await visit.inspect('referral-without-scripts')
  await page.getByRole('link', { name: scheme }).first().click()
  await page.getByRole('link', { name: 'See the evidence' }).click()
  await page.locator('figure').first().getByText('The same numbers as a table').click()
  await page.locator('figure').first().getByRole('row', { name: /^Referred / }).waitFor()
  await visit.inspect('evidence-without-scripts')
}, { javaScriptEnabled: false }))

test('by keyboard alone, from the skip link to a saved score', () => house.visiting(async (visit) => {
  const { page } = visit
  const key = (name) => page.keyboard.press(name)
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id)
  await page.goto('/sign-in')
  await key('Tab')
  assert.equal(await focused(), 'Skip to main content')
  await key('Enter')
  await key('Tab')
  assert.equal(await focused(), 'login')
  await page.keyboard.type(manager.login)
  await key('Tab')
  await page.keyboard.type(manager.password)
  await key('Enter')
  await says(page, 'Set up a scheme')

  await page.getByRole('link', { name: scheme, exact: true }).focus()
  await key('Enter')
  await says(page, 'Referrals')
  await register(page, 'JOURNEY-4', daysAgo(10))
  await page.getByRole('link', { name: 'Record baseline of ONS4' }).focus()
  await key('Enter')
  await says(page, 'Day it was answered')
  await visit.inspect('assessment-items')
  await page.getByRole('group', { name: 'Day it was answered' }).getByLabel('Year').focus()
  await key('Tab')
  await key('Space')
  for (let n = 0; n < 6; n++) await key('ArrowRight')
  await key('Enter')
  await says(page, 'Life satisfaction: 6')
}))

test('every other page, by whoever sees it', () => house.visiting(async (visit) => {
  const { page } = visit
  for (const [who, pages] of [
    [manager, { 'scheme-new': '/schemes/new', activities: '/activities', measures: '/measures', measure: '/measures/phq9', 'measure-own': '/measures/copm' }],
    [administrator, { 'schemes-administrator': '/schemes' }],
    [researcher, { 'home-researcher': '/' }]
  ]) {
    await signIn(page, who)
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path)
      await visit.inspect(name)
    }
    await page.getByRole('button', { name: 'Sign out' }).click()
    await says(page, 'Sign in')
  }
  await signIn(page, practitioner)
  await openScheme(page, scheme)
  await page.getByRole('link', { name: 'Register a referral' }).click()
  await page.getByText('About the person (all optional)').click()
  await visit.inspect('referral-new')
  await page.goBack()
  await page.locator('tbody a').first().click()
  await page.getByRole('link', { name: 'Prescribe an activity' }).click()
  await visit.inspect('prescription-new')
}))
