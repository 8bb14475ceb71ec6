// What goes to supervision: one page about one caseload, on a screen, on a phone
// and on one sheet of paper; and what a caseload looks like with open alerts.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { date, daysAgo, manager, openScheme, practitioner, register, signIn } from './steps.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()

// sheets prints the page as Chromium does and counts its pages.
async function sheets(page, name) {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  if (process.env.CAIRN_SHOTS) {
    await mkdir(process.env.CAIRN_SHOTS, { recursive: true })
    await writeFile(join(process.env.CAIRN_SHOTS, `${name}.pdf`), pdf)
  }
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length
}

const ways = [['with scripts', {}], ['without scripts', { javaScriptEnabled: false }]]
for (const [way, options] of ways) {
  test(`a practitioner takes one page to supervision, ${way}`, () => house.visiting(async (visit) => {
    const { page } = visit
    await signIn(page, practitioner)
    await page.getByRole('link', { name: 'One page for supervision' }).click()
    await says(page, 'For supervision')
    await says(page, 'To talk about first')
    await visit.inspect(`supervision-${way.split(' ')[0]}`)
    const main = page.getByRole('main')
    assert.equal(await main.getByLabel('Practitioner').count(), 0, 'nobody else’s is offered')
    const references = await main.locator('#others ~ ul .cairn-sheet__who a').allInnerTexts()
    assert.deepEqual(references, references.toSorted(), 'in order of reference')
    assert.equal(await sheets(page, `supervision-${way.split(' ')[0]}`), 1)

    await main.getByText('Choose another period').click()
    const chosen = await main.getByRole('combobox', { name: 'Period' }).locator('option').nth(1).getAttribute('value')
    await main.getByRole('combobox', { name: 'Period' }).selectOption(chosen)
    await main.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL(/period=/)
    assert.equal(await main.getByText('so far').count(), 0)
  }, options))
}

test('a manager chooses whose summary it is, by keyboard', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.goto('/supervision')
  await says(page, 'No referral is yours.')
  await visit.inspect('supervision-empty')
  await page.locator('main summary').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.type('ot,')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/practitioner=/)
  await says(page, 'on the caseload')
  await page.getByRole('heading', { level: 1, name: 'ot, occupational therapist' }).waitFor()
  await visit.inspect('supervision-of-another')
  await page.goto('/supervision?period=2026-13')
  await says(page, 'neither a quarter nor a month')
  await visit.inspect('supervision-refused')
}))

test('an open alert stands above the due list and first on the page for supervision', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.goto('/schemes/new')
  await page.getByLabel('Name of the scheme').fill('Low mood')
  await page.getByLabel('Patient Health Questionnaire 9 (PHQ-9)').check()
  await page.getByLabel('Weeks from the start to the follow-up').fill('12')
  await date(page, 'The plan holds from', daysAgo(300))
  await page.getByRole('button', { name: 'Set up the scheme' }).click()
  const asked = [['MOOD-1', '1', 'This answer needs action'], ['MOOD-2', '', 'A question was left out']]
  for (const [reference, ninth, said] of asked) {
    await openScheme(page, 'Low mood')
    await register(page, reference, daysAgo(5))
    await page.getByRole('link', { name: 'Record baseline of PHQ-9' }).click()
    for (let n = 1; n <= 9; n++) {
      await page.locator(`input[name="items.item-${n}"][value="${n === 9 ? ninth : n % 3}"]`).check()
    }
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await says(page, said)
  }
  await page.goto('/caseload')
  await page.getByRole('heading', { name: 'Answers that need action' }).waitFor()
  await page.getByRole('heading', { name: 'Questions that were left out' }).waitFor()
  await visit.inspect('caseload-alerts')
  await page.goto('/supervision')
  const talk = page.getByRole('region', { name: 'To talk about first' })
  assert.equal(await talk.getByText('Open safety alert').count(), asked.length)
  await visit.inspect('supervision-alerts')
}))
