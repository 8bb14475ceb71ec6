// A practitioner's day: what is due, recording it, saying why not, leave and
// hand-over, with and without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { date, daysAgo, manager, practitioner, signIn } from './steps.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// tally is how many items the top of the list says there are of a kind.
async function tally(page, kind) {
  const link = page.getByRole('main').getByRole('link', { name: kind })
  return Number((await link.innerText()).match(/[\d,]+/)[0].replace(',', ''))
}

const ways = [['with scripts', {}], ['without scripts', { javaScriptEnabled: false }]]
for (const [way, options] of ways) {
  test(`a practitioner begins with what is due, ${way}`, () => house.visiting(async (visit) => {
    const { page } = visit
    await signIn(page, practitioner)
    await says(page, 'My caseload')
    const menu = page.getByRole('navigation', { name: 'Menu' }).getByRole('link')
    assert.equal(await menu.first().innerText(), 'Caseload')
    await visit.inspect(`caseload-${way.split(' ')[0]}`)

    const overdue = await tally(page, /overdue$/)
    const line = page.getByRole('main').locator('.cairn-due__item').first()
    await line.getByRole('link', { name: /^Not done/ }).click()
    await says(page, 'Why was it not done?')
    await visit.inspect(`not-done-${way.split(' ')[0]}`)
    await page.getByRole('button', { name: 'Declined', exact: true }).click()
    await says(page, 'It is off the list.')
    await visit.inspect(`caseload-closed-${way.split(' ')[0]}`)
    assert.equal(await tally(page, /overdue$/), overdue - 1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await says(page, 'Undone. It is on the list again.')
    assert.equal(await tally(page, /overdue$/), overdue)

    await page.getByRole('link', { name: /overdue$/ }).click()
    await says(page, 'These are only some.')
    await page.getByRole('main').locator('.cairn-due__go').first().click()
    await page.getByRole('button', { name: 'Save' }).first().waitFor()
    assert.match(page.url(), /\/assessments\/new/)
  }, options))
}

test('no answer, and coming back on a day, leave the list for a while', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, practitioner)
  const all = page.getByRole('main').locator('.cairn-due__item')
  await all.first().getByRole('link', { name: /^Not done/ }).click()
  await page.getByRole('button', { name: /^No answer/ }).click()
  await says(page, /No answer \((first|second|third) time\)/)
  await all.first().getByRole('link', { name: /^Not done/ }).click()
  await page.getByText('Come back on another day').click()
  await date(page, 'Day to come back', daysAgo(1))
  await page.getByRole('button', { name: 'Come back on that day' }).click()
  await says(page, 'Enter a day from tomorrow on, within a year.')
  await visit.inspect('not-done-refused')
  await date(page, 'Day to come back', daysAgo(-9))
  await page.getByRole('button', { name: 'Come back on that day' }).click()
  await says(page, 'It is on the list again from')
}))

test('a team’s list, cover and hand-over', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.getByRole('link', { name: 'Caseload', exact: true }).click()
  await says(page, 'Nothing of yours is due.')
  await visit.inspect('caseload-empty')
  await page.getByRole('navigation', { name: 'Whose caseload' }).getByRole('link', { name: 'My team’s' }).click()
  await says(page, 'My team’s caseload')
  await page.getByRole('link', { name: 'Show the next ones' }).click()
  await says(page, 'Back to the first ones')
  await visit.inspect('caseload-team')

  await page.goto('/caseload/cover')
  await page.getByLabel('Who is away').selectOption({ label: 'ot, occupational therapist' })
  await page.getByLabel('Who covers').selectOption({ label: 'manager, service manager' })
  await date(page, 'First day of cover', daysAgo(0))
  await date(page, 'Last day of cover', daysAgo(-7))
  await page.getByRole('button', { name: 'Save the cover' }).click()
  await says(page, 'The cover was saved.')
  await visit.inspect('cover')
  await page.goto('/caseload')
  await says(page, 'You are also covering for')
  await page.goto('/caseload/cover')
  await page.getByRole('button', { name: /^End the cover|^End/ }).first().click()
  await says(page, 'The cover was ended.')

  await page.goto('/caseload/hand-over')
  await page.getByLabel('Whose caseload').selectOption({ label: 'ot, occupational therapist' })
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByRole('radio', { name: 'Only those I tick below' }).check()
  await page.getByText('Choose referrals').click()
  await page.getByRole('checkbox').first().check()
  await page.getByLabel('Who takes over').selectOption({ label: 'manager, service manager' })
  await visit.inspect('hand-over')
  await page.getByRole('button', { name: 'Hand over', exact: true }).click()
  await says(page, 'One referral was handed over.')
}))
