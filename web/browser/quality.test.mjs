// The manager's page of how well things are recorded, and what it leads to: with
// and without scripts, and once by keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { daysAgo, manager, openScheme, practitioner, register, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// twice registers one person under two references that are alike.
async function twice(page, one, other) {
  for (const [reference, days] of [[one, 20], [other, 50]]) {
    await page.goto('/schemes')
    await openScheme(page, scheme)
    await register(page, reference, daysAgo(days))
    await says(page, 'The referral was registered.')
  }
}

const journey = (one, other) => async (visit) => {
  const { page, scripted } = visit
  await signIn(page, manager)
  await twice(page, one, other)
  await page.getByRole('link', { name: 'Data quality', exact: true }).click()
  await says(page, 'Nobody is ranked')
  for (const part of ['What to chase first', 'Recorded and on time', 'By caseload', 'Why something due was not done', 'Look at these again', 'Asked in another way the second time']) {
    await page.getByRole('heading', { name: part, exact: true }).waitFor()
  }
  await page.getByRole('heading', { name: /^People who may be here twice: [1-9]/ }).waitFor()
  await visit.inspect(scripted ? 'quality' : 'quality-without-scripts')
  assert.doesNotMatch(await page.getByRole('main').innerText(), /NaN|undefined|raw total/, 'no score stands on it')

  await page.getByText(/^(The newest \d+|Show (it|them))$/).first().click()
  await page.getByRole('link', { name: new RegExp(`See them side by side.*${one} and ${other}$`) }).click()
  await says(page, 'Both have an open referral to the same scheme')
  await page.goBack()
  await page.locator('#chase + ul').getByRole('link').first().click()
  await page.getByRole('heading', { name: 'Measures due' }).waitFor()
}

test('a manager sees what to chase and who is here twice', () => house.visiting(journey('DOUBLE-07', 'double 7')))
test('the same without scripts', () => house.visiting(journey('DOUBLE-08', 'double 8'), { javaScriptEnabled: false }))

test('by keyboard alone, from sign-in to two records side by side', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await twice(page, 'DOUBLE-09', 'double 9')
  await page.goto('/')
  const on = () => page.evaluate(() => document.activeElement.textContent.trim())
  const tabTo = async (said) => {
    for (let n = 0; n < 300; n++) {
      await page.keyboard.press('Tab')
      if (said.test(await on())) return
    }
    assert.fail(`${said} is not reached`)
  }
  await tabTo(/^Data quality$/)
  await page.keyboard.press('Enter')
  await says(page, 'Nobody is ranked')
  await tabTo(/^(The newest \d+|Show (it|them))$/)
  await page.keyboard.press('Enter')
  await page.locator('details[open]').first().waitFor()
  await tabTo(/^See them side by side: DOUBLE-09 and double 9$/)
  await page.keyboard.press('Enter')
  await says(page, 'They cannot be merged yet')
}))

test('nobody but a manager is led to it, or gets it', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  assert.equal(await page.getByRole('link', { name: 'Data quality' }).count(), 0)
  const answer = await page.goto('/quality')
  assert.equal(answer.status(), 403)
  await says(page, 'Ask your service manager.')
}))
