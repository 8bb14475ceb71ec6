// What people do on the pages, for the browser tests: by label and button, as a
// person finds them, and never by markup that they cannot see.

// The logins of the demonstration that the tests use.
export const practitioner = { login: 'ot', password: 'demo-practitioner-1' }
export const manager = { login: 'manager', password: 'demo-manager-1' }
export const administrator = { login: 'administrator', password: 'demo-administrator-1' }
export const researcher = { login: 'researcher', password: 'demo-researcher-1' }
export const commissioner = { login: 'commissioner', password: 'demo-commissioner-1' }

export async function signIn(page, { login, password }) {
  await page.goto('/sign-in')
  await page.getByLabel('Login', { exact: true }).fill(login)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).first().click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

// openScheme goes to the page of a scheme from wherever the person is.
export async function openScheme(page, name) {
  await page.getByRole('link', { name: 'Schemes', exact: true }).first().click()
  await page.getByRole('link', { name, exact: true }).click()
}

// daysAgo is a day as the three boxes of a date take it.
export function daysAgo(days) {
  const on = new Date(Date.now() - days * 24 * 60 * 60 * 1000)
  return { Day: `${on.getDate()}`, Month: `${on.getMonth() + 1}`, Year: `${on.getFullYear()}` }
}

// date types a day into the boxes of one question.
export async function date(page, question, day) {
  const boxes = page.getByRole('group', { name: question })
  for (const [box, value] of Object.entries(day)) {
    await boxes.getByLabel(box).fill(value)
  }
}

// answer chooses one answer of one question.
export async function answer(page, question, choice) {
  await page.getByRole('group', { name: question }).getByRole('radio', { name: choice, exact: true }).check()
}

// register refers somebody to the scheme that is shown and ends on their page.
export async function register(page, reference, received) {
  await page.getByRole('link', { name: 'Register a referral' }).click()
  await page.getByLabel('Reference', { exact: true }).fill(reference)
  await date(page, 'Day the referral was received', received)
  await date(page, 'Day it was accepted', received)
  await page.getByRole('button', { name: 'Register the referral' }).click()
}

// prescribe adds the first activity of the list to the referral that is shown.
export async function prescribe(page, attended) {
  await page.getByRole('link', { name: 'Prescribe an activity' }).click()
  await page.getByLabel('Activity', { exact: true }).selectOption({ index: 1 })
  await date(page, 'Day it was offered', attended)
  await date(page, 'Day they first attended', attended)
  await page.getByRole('button', { name: 'Save the prescription' }).click()
}

// recordLifeSatisfaction answers the first question of ONS4 and leaves one out.
export async function recordLifeSatisfaction(page, which, day, score) {
  await page.getByRole('link', { name: `Record ${which} of ONS4` }).click()
  await date(page, 'Day it was answered', day)
  await answer(page, 'how satisfied are you with your life', `${score}`)
  await answer(page, 'how anxious did you feel', 'Left out')
  await answer(page, 'How was it taken?', 'In person')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

export async function recordRawTotal(page, which, day, total) {
  await page.getByRole('link', { name: `Record ${which} of SWEMWBS` }).click()
  await page.getByRole('link', { name: 'Type the total' }).click()
  await date(page, 'Day it was answered', day)
  await answer(page, 'Which score are you typing in?', 'SWEMWBS (raw total)')
  await page.getByLabel('Score', { exact: true }).fill(`${total}`)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

// measuredTwice is the count of people measured twice on the evidence page.
export async function measuredTwice(page) {
  const cell = page.locator('[data-key="counts.n_paired"]')
  return Number((await cell.textContent()).replace(',', ''))
}
