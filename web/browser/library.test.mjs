// The library of measures: looking through it, a measure of one's own, licensed
// words that come and go, and what is chosen or read side by side.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { date, daysAgo, manager, register, signIn } from './steps.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// lent are words that belong to nobody, for a measure whose own may not be shown.
const lent = [1, 2, 3, 4, 5].map((n) => `Lent statement ${n}`).join('\n')

const journey = (short) => async (visit) => {
  const { page, scripted } = visit
  const shot = (what) => visit.inspect(`${what}${scripted ? '' : '-without-scripts'}`)
  await signIn(page, manager)

  // Looking.
  await page.goto('/measures')
  await says(page, 'measures in the library')
  await shot('library')
  await page.getByRole('link', { name: 'SWEMWBS', exact: true }).click()
  await says(page, 'more than 2.87 points')
  await says(page, '15 years')
  await shot('library-swemwbs')
  await page.goto('/measures/eq5d5l')
  await says(page, 'read side by side, such as 21132')
  await page.goto('/measures/austoms-ot')
  await says(page, 'Scale 7: self-care')
  await shot('library-austoms')

  // A measure of one's own, with its preview.
  await page.goto('/measures')
  await page.getByRole('link', { name: 'Add a measure of your own' }).click()
  await page.getByRole('button', { name: 'See how it will look' }).click()
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
  await shot('library-own-refused')
  for (const [label, text] of [
    ['Short name', short], ['Name in full', 'Joy in the garden'], ['Questions or statements', 'I like being outside\nI am calm here'],
    ['Lowest number', '0'], ['What the lowest answer means', 'never'], ['Highest number', '4'], ['What the highest answer means', 'always'],
    ['What lets you use it', 'Our own words'], ['Where it comes from', 'The allotment group'],
    ['Reference of the licence', 'our own words'], ['Who confirms that you may use it', 'Ann Bell']
  ]) {
    await page.getByLabel(label).fill(text)
  }
  await page.getByLabel('A higher score is better').check()
  await page.getByRole('button', { name: 'See how it will look' }).click()
  await says(page, 'added up: scores from 0 to 8')
  await says(page, 'Scores are whole numbers')
  await shot('library-own-preview')
  await page.getByRole('button', { name: 'Keep this measure' }).click()
  await says(page, 'Kept in your library')

  // Licensed words come and go.
  await page.goto('/measures/who5')
  await page.getByRole('link', { name: 'paste the words in' }).click()
  await shot('library-words')
  await page.getByLabel('Reference of your licence').fill('W-1234')
  await page.getByLabel('Who confirmed that it covers this use').fill('Ann Bell')
  await date(page, 'Day it was confirmed', daysAgo(3))
  await page.getByLabel('The items').fill('One line only')
  await page.getByRole('button', { name: 'Keep the words' }).click()
  await says(page, 'WHO-5 has 5 items; lines here: 1.')
  await page.getByLabel('The items').fill(lent)
  await page.getByRole('button', { name: 'Keep the words' }).click()
  await says(page, 'Lent statement 5')
  await says(page, 'W-1234, confirmed by Ann Bell')
  await shot('library-words-kept')
  await page.getByRole('button', { name: 'Take the words away' }).click()
  await says(page, 'The words are taken away')
  assert.equal(await page.getByText('Lent statement').count(), 0)
  assert.equal(await page.getByText('W-1234').count(), 0)
}

test('the library is looked through, added to, and given words', () => house.visiting(journey('Garden joy')))

test('the same without scripts', () => house.visiting(journey('Garden calm'), { javaScriptEnabled: false }))

// press goes on with the Tab key until what it looks for has the focus.
async function press(page, role, name) {
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press('Tab')
    const found = page.getByRole(role, { name }).first()
    if (await found.evaluate((el) => el === document.activeElement).catch(() => false)) {
      return
    }
  }
  assert.fail(`no way by keyboard to the ${role} ${name}`)
}

test('with the keyboard alone the library leads to a measure and its words', () => house.visiting(async ({ page }) => {
  await signIn(page, manager)
  await page.goto('/measures')
  await press(page, 'link', 'EQ-5D-5L')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'EQ-5D-5L health profile' }).waitFor()
  await press(page, 'link', 'paste the words in')
  await page.keyboard.press('Enter')
  await press(page, 'textbox', 'Reference of your licence')
  await page.keyboard.type('E-77')
  await press(page, 'button', 'Keep the words')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
  assert.equal(await page.getByLabel('Reference of your licence').inputValue(), 'E-77')
}))

// clinic sets up a scheme of those measures and registers somebody.
async function clinic(page, name, measures) {
  await signIn(page, manager)
  await page.goto('/schemes/new')
  await page.getByLabel('Name of the scheme').fill(name)
  for (const one of measures) {
    await page.getByLabel(one).check()
  }
  await page.getByLabel('Weeks from the start to the follow-up').fill('12')
  await date(page, 'The plan holds from', daysAgo(300))
  await page.getByRole('button', { name: 'Set up the scheme' }).click()
  await register(page, 'LB-1', daysAgo(5))
  await says(page, 'The referral was registered.')
}

test('scales are chosen, five digits are a profile, and goals are counted', () => house.visiting(async (visit) => {
  const { page } = visit
  await clinic(page, 'Library clinic', ['Australian Therapy Outcome Measures', 'EQ-5D-5L health profile', 'Goal Attainment Scaling (GAS)'])
  const referral = page.url().split('?')[0]

  await page.getByRole('link', { name: 'Record baseline of AusTOMs-OT' }).click()
  await visit.inspect('library-scales')
  await page.getByRole('button', { name: 'Rate these' }).click()
  await says(page, 'Tick at least one.')
  await page.getByLabel('Scale 7: self-care').check()
  await page.getByRole('button', { name: 'Rate these' }).click()
  assert.equal(await page.locator('[data-question]').count(), 4)
  await visit.inspect('library-scale-chosen')
  await page.locator('input[name="items.scale-7-activity"][value="2.5"]').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'Scale 7: activity')

  await page.goto(`${referral}/assessments/new?measure=eq5d5l&occasion=baseline&way=digits`)
  await page.getByLabel('The 5 answers, in the order of the form').fill('21132')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'Profile: 21132')
  await visit.inspect('library-profile-saved')

  await page.goto(`${referral}/assessments/new?measure=gas&occasion=baseline`)
  for (const [n, words] of [[1, 'To walk to the shop'], [2, 'To cook']]) {
    await page.getByLabel(`Goal ${n}`, { exact: true }).fill(words)
    await page.locator(`input[name="items.goal-${n}-attained"][value="-1"]`).check()
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, '37.5965')
  await says(page, '(2 goals)')
  await page.getByRole('link', { name: /Record of LB-1/ }).click()
  await says(page, '21132')
  await says(page, '(2 goals)')
  await visit.inspect('library-record')
}))
