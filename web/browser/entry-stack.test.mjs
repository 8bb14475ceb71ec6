// A stack of paper forms typed in by keyboard alone, and what is done when
// something was wrong: a correction and a withdrawal, with and without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { answer, date, daysAgo, practitioner, register, signIn } from './steps.mjs'

const scheme = 'Riverside First Steps (demo)'
const phone = { viewport: { width: 390, height: 844 } }

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()
const box = (page, what, n) => page.getByLabel(`${what}, form ${n}`, { exact: true })
const dayOf = ({ Day, Month, Year }) => `${Day} ${Month} ${Year}`

// opened is the scheme's page, seen by somebody who has just signed in.
async function opened(page) {
  await signIn(page, practitioner)
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.goto('/schemes')
  await page.getByRole('link', { name: scheme, exact: true }).click()
  await page.getByRole('link', { name: 'Register a referral' }).waitFor()
  return new URL(page.url()).pathname
}

// referred registers somebody and ends on their page.
async function referred(page, at, reference) {
  await page.goto(at)
  await register(page, reference, daysAgo(20))
  await says(page, 'The referral was registered.')
}

// crowd registers many by the form that the page shows, without looking at every
// page that answers it.
async function crowd(page, at, references) {
  await page.goto(at)
  await page.getByRole('link', { name: 'Register a referral' }).click()
  await date(page, 'Day the referral was received', daysAgo(20))
  await date(page, 'Day it was accepted', daysAgo(20))
  await page.evaluate(async (names) => {
    const shown = document.querySelector('main form')
    for (const name of names) {
      const next = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
      const fields = new URLSearchParams(new FormData(shown))
      next.querySelectorAll('main form input[type=hidden]').forEach((hidden) => fields.set(hidden.name, hidden.value))
      fields.set('reference', name)
      const said = await fetch(shown.action, { method: 'POST', body: fields })
      if (!said.redirected || !(await said.text()).includes('The referral was registered.')) {
        throw new Error(`${name} was not registered: ${said.status}`)
      }
    }
  }, references)
}

// stack begins one of SWEMWBS at the baseline.
async function stack(page, at) {
  await page.goto(at)
  await page.getByRole('link', { name: 'Type in paper forms' }).click()
  await page.getByLabel('Measure and time').selectOption({ label: 'SWEMWBS: Baseline' })
  await answer(page, 'How was it taken?', 'By post')
  await page.getByRole('button', { name: 'Start typing' }).click()
  await says(page, 'By post.')
}

test('a stack of 20 paper forms by keyboard alone', () => house.visiting(async (visit) => {
  const { page } = visit
  const at = await opened(page)
  await crowd(page, at, Array.from({ length: 20 }, (_, i) => `STACK-${i + 1}`))
  await page.goto(at)
  await page.getByRole('link', { name: 'Type in paper forms' }).click()
  await visit.inspect('paper-choose')
  await stack(page, at)
  await visit.inspect('paper-empty')
  await box(page, 'Reference', 1).focus()
  const began = Date.now()
  for (let n = 1; n <= 20; n++) {
    await page.keyboard.type(n === 7 ? 'STACK-70' : `STACK-${n}`)
    await page.keyboard.press('Tab')
    await page.keyboard.type(dayOf(daysAgo(15)))
    await page.keyboard.press('Tab')
    await page.keyboard.type(['3232323', '2323232', '3323322', '2233232'][n % 4])
  }
  console.log(`20 forms typed by a machine that waits for nothing: ${((Date.now() - began) / 1000).toFixed(1)} s`)
  assert.equal(await box(page, 'Reference', 20).inputValue(), 'STACK-20', 'the last answer of a row leads to the next')
  await visit.inspect('paper-typed')
  await box(page, 'Answers', 20).press('Enter')
  await says(page, '19 forms were saved.')
  await page.getByRole('alert').getByText('Form 7: Nobody in this scheme has the reference “STACK-70”.').waitFor()
  await visit.inspect('paper-one-wrong')
  assert.doesNotMatch(await page.locator('[data-saved]').innerText(), /raw total|converted/, 'a score that is kept stands beside rows to be typed')
  assert.equal(await box(page, 'Answers', 7).inputValue(), '2233232')
  await page.getByText('Saved: 19', { exact: true }).click()
  await page.getByRole('link', { name: 'STACK-20', exact: true }).waitFor()
  await box(page, 'Reference', 7).fill('STACK-7')
  await box(page, 'Reference', 7).press('Enter')
  await says(page, '1 form was saved.')
  await visit.inspect('paper-saved')
  await page.getByRole('link', { name: 'STACK-7', exact: true }).click()
  await says(page, 'By post')
}))

test('what was wrong is corrected and withdrawn, and every version stays', () => house.visiting(async (visit) => {
  const { page } = visit
  await referred(page, await opened(page), 'MEND-1')
  await page.getByRole('link', { name: 'Record baseline of SWEMWBS' }).click()
  await page.getByLabel('The 7 answers, in the order of the form').fill('3425341')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await says(page, 'SWEMWBS (raw total): 22')
  await page.getByRole('link', { name: /Correct of SWEMWBS/ }).click()
  await visit.inspect('entry-versions-one')
  await page.getByRole('link', { name: 'Correct it' }).click()
  await page.getByRole('group', { name: 'Question 7' }).getByRole('radio', { name: '5', exact: true }).check()
  await says(page, 'SWEMWBS (raw total): 26')
  await visit.inspect('entry-correct')
  await page.getByRole('button', { name: 'Save the correction' }).click()
  await page.getByRole('alert').getByText('There is a problem').waitFor()
  await visit.inspect('entry-correct-why')
  assert.ok(await page.getByRole('group', { name: 'Question 7' }).getByRole('radio', { name: '5', exact: true }).isChecked())
  await page.getByLabel('Why is it corrected?').fill('Read the last answer wrong')
  await page.getByRole('button', { name: 'Save the correction' }).click()
  await says(page, 'The correction was saved.')
  await says(page, 'Read the last answer wrong')
  await visit.inspect('entry-versions-two')
  await page.getByRole('link', { name: 'Withdraw it' }).click()
  await visit.inspect('entry-withdraw')
  await page.getByLabel('Why is it withdrawn?').fill('Somebody else answered')
  await page.getByRole('button', { name: 'Withdraw it' }).click()
  await says(page, 'A withdrawal is not undone')
  await visit.inspect('entry-versions-withdrawn')
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'MEND-1' }).last().click()
  await says(page, 'Nothing yet.')
  await page.getByText('1 withdrawn').click()
  await says(page, 'Withdrawn: Somebody else answered')
  await visit.inspect('entry-referral-withdrawn')
}, phone))

test('without scripts a stack is saved and a form is corrected and withdrawn', () => house.visiting(async (visit) => {
  const { page } = visit
  const at = await opened(page)
  await referred(page, at, 'PLAIN-1')
  await stack(page, at)
  await box(page, 'Reference', 1).fill('PLAIN-1')
  await box(page, 'Day month year', 1).fill(dayOf(daysAgo(15)))
  await box(page, 'Answers', 1).fill('342534')
  await box(page, 'Reference', 2).fill('PLAIN-2')
  await box(page, 'Answers', 2).fill('3425341')
  await page.getByRole('button', { name: 'Save these forms' }).click()
  await page.getByRole('alert').getByText('These are 6').waitFor()
  await page.getByRole('alert').getByText('Form 2: ').first().waitFor()
  await visit.inspect('paper-plain-wrong')
  await box(page, 'Answers', 1).fill('3425341')
  for (const what of ['Reference', 'Answers']) {
    await box(page, what, 2).fill('')
  }
  await box(page, 'Answers', 1).press('Enter')
  await says(page, '1 form was saved.')
  await page.getByRole('link', { name: 'PLAIN-1', exact: true }).click()
  await page.getByRole('link', { name: 'Correct it' }).click()
  await page.getByRole('group', { name: 'Question 7' }).getByRole('radio', { name: '5', exact: true }).check()
  await page.getByLabel('Why is it corrected?').fill('Read the last answer wrong')
  await page.getByRole('button', { name: 'Save the correction' }).click()
  await says(page, 'The correction was saved.')
  await visit.inspect('entry-plain-versions')
  await page.getByRole('link', { name: 'Withdraw it' }).click()
  await page.getByLabel('Why is it withdrawn?').fill('Somebody else answered')
  await page.getByRole('button', { name: 'Withdraw it' }).click()
  await says(page, 'A withdrawal is not undone')
}, { javaScriptEnabled: false }))
