// A release from its preparation to its readers: the service, a commissioner,
// and anybody with the link.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { commissioner, manager, signIn } from './steps.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor()
const press = (page, name) => page.getByRole('button', { name, exact: true }).click()
const moving = 'Riverside Moving Well (demo)'

// lastYear is a quarter of last year, as the list of periods names it.
const lastYear = `October to December ${new Date().getFullYear() - 1}`

// sheets is how many pages a PDF has.
const sheets = (pdf) => (pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? []).length

// lists are those of the sheet that have what the rest leaves: how many of their
// sentences are left off and cut through, and whether the paper says that it lacks
// some; and whether the hash stands on it.
const lists = (page) => page.evaluate(() => {
  const box = (of) => of.getBoundingClientRect()
  const end = box(document.querySelector('.cairn-one')).bottom
  const hashed = box(document.querySelector('.cairn-one__foot')).bottom <= end
  return [...document.querySelectorAll('.cairn-one__list')].map((list) => {
    const room = box(list.querySelector('ul'))
    const all = [...list.querySelectorAll('li')].map(box)
    const off = all.filter(({ left }) => left >= room.right)
    return { off: off.length, cut: all.filter((one) => !off.includes(one) && one.bottom > room.bottom + 1).length, said: box(list.querySelector('.cairn-one__more p')).height > 1, hashed }
  })
})

// cram makes the sheet say more than any release can: the longest name, every
// sentence of its lists three times, and a notice of a hundred words.
const cram = (page) => page.evaluate(() => {
  document.querySelector('.cairn-one h1').textContent = 'Wwwwwwww '.repeat(7)
  document.querySelector('.cairn-one__notice').append(' Withdrawn for a reason.'.repeat(25))
  for (const one of document.querySelectorAll('.cairn-one li:not(.cairn-one__flow li)')) {
    one.after(one.cloneNode(true), one.cloneNode(true))
  }
})

// onOneSheet holds that the page is one sheet of paper, with the hash and nothing cut
// through, however much it has to say.
async function onOneSheet(visit) {
  const { page } = visit
  const screen = page.viewportSize()
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 703, height: 1032 }) // A4 between its margins, CSS pixels
  for (const crammed of [false, true]) {
    if (crammed) {
      await cram(page)
    }
    await visit.picture(crammed ? 'published-one-page-crammed' : 'published-one-page-paper')
    for (const list of await lists(page)) {
      assert.deepEqual(list, { off: list.off, cut: 0, said: list.off > 0, hashed: true })
      assert.ok(!crammed || list.off > 0, 'nothing had to be left off')
    }
    assert.equal(sheets(await page.pdf({ format: 'A4', preferCSSPageSize: true })), 1, 'pages by the browser itself')
  }
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize(screen)
}

// onOnePage prints the release on one page with its hash, by the server's browser
// and by the reader's own.
async function onOnePage(visit, link) {
  const { page } = visit
  await page.getByRole('link', { name: 'This release on one page' }).click()
  await says(page, 'What may not be said')
  await visit.inspect('published-one-page')
  const hash = /SHA-256 ([0-9a-f]{64})/.exec(await page.getByRole('main').innerText())[1]
  const got = await page.request.get(await page.getByRole('link', { name: 'Download this page as PDF' }).getAttribute('href'))
  const pdf = await got.body()
  assert.equal(sheets(pdf), 1, 'pages of the PDF')
  const inTitle = Buffer.from(hash, 'utf16le').swap16().toString('hex').toUpperCase()
  assert.ok(pdf.toString('latin1').includes(inTitle), 'the PDF does not hold the hash of the release')
  await onOneSheet(visit)
  await page.goto(link)
}

// published takes a release of one scheme all the way, and returns its page.
async function published(visit, grain) {
  const { page, scripted } = visit
  const shot = (what) => visit.inspect(`${what}${scripted ? '' : '-without-scripts'}`)
  await signIn(page, manager)
  await page.getByRole('link', { name: 'Releases', exact: true }).click()
  await shot('releases')
  await page.getByLabel('Scheme', { exact: true }).selectOption({ label: moving })
  await page.getByLabel('How long the period is').selectOption({ label: grain })
  await page.getByLabel('Period', { exact: true }).selectOption({ index: 0 })
  if (grain === 'Year') {
    await press(page, 'Prepare')
    await says(page, 'is not over')
    await shot('releases-refused')
    await page.getByLabel('Period', { exact: true }).selectOption({ label: lastYear })
  }
  await press(page, 'Prepare')
  await says(page, 'The release was prepared.')
  await shot('release-prepared')
  await press(page, 'Audit the release')
  await says(page, 'What the auditor found')
  await shot('release-audited')
  await page.getByRole('button', { name: /^Publish release/ }).click()
  await says(page, 'The release was published.')
  await shot('release-published')
  return page.url().split('?')[0]
}

test('a release is prepared, audited, published, granted and read', () => house.visiting(async (visit) => {
  const { page } = visit
  const release = await published(visit, 'Year')
  await page.getByText('Grant it to a commissioning organisation').click()
  await press(page, 'Grant')
  await says(page, 'Choose a commissioning organisation')
  await page.getByLabel('Organisation', { exact: true }).selectOption({ index: 1 })
  await press(page, 'Grant')
  await says(page, 'The grant was saved.')
  await visit.inspect('release-granted')
  const link = await page.getByRole('link', { name: 'Read it as others do' }).getAttribute('href')
  await page.getByRole('button', { name: 'Sign out' }).click()

  await signIn(page, commissioner)
  await says(page, 'Granted to you')
  await visit.inspect('granted')
  assert.equal((await page.goto(release)).status(), 403)
  await page.goto(link)
  await says(page, 'Who is in these figures?')
  assert.doesNotMatch(await page.getByRole('main').innerText(), /\bRMW-/)
  await visit.inspect('published')
  await page.emulateMedia({ media: 'print' })
  assert.ok(sheets(await page.pdf({ format: 'A4' })) <= 2, 'the release fills more than two sheets')
  await visit.picture('published-paper')
  await page.emulateMedia({ media: 'screen' })
  await onOnePage(visit, link)
  await page.getByRole('link', { name: 'Compare', exact: true }).click()
  await says(page, 'Schemes beside each other')
  await visit.inspect('granted-compare')
  await page.goto('/granted/compare?series=nothing')
  await says(page, 'Choose what to compare')
  await page.getByRole('button', { name: 'Sign out' }).click()

  const kept = await page.goto(link)
  assert.equal(kept.status(), 404)
  await says(page, 'There is no release here for you')
  await visit.inspect('no-release')
  await signIn(page, manager)
  await page.goto(release)
  await press(page, 'Make it public')
  await says(page, 'Anybody can read it')
  await page.getByRole('button', { name: 'Sign out' }).click()
  const open = await page.goto(link)
  assert.equal(open.status(), 200)
  await says(page, 'Open to everybody')
  await visit.inspect('published-public')

  await signIn(page, manager)
  await page.goto(release)
  await page.getByRole('button', { name: /^Revoke/ }).first().click()
  await says(page, 'The grant was revoked.')
  await page.getByText('Withdraw this release').click()
  await page.getByLabel('Notice').fill('Two schemes were mixed up.')
  await page.getByLabel('Are not shown any more').check()
  await page.getByRole('button', { name: /^Withdraw release/ }).click()
  await says(page, 'The release was withdrawn.')
  await page.goto(link)
  await says(page, 'Two schemes were mixed up.')
  assert.equal(await page.getByText('Who is in these figures?').count(), 0)
  await visit.inspect('published-withdrawn')
}))

test('a release is made without scripts', () => house.visiting(async (visit) => {
  const release = await published(visit, 'Year')
  await visit.page.goto(release)
  await visit.page.getByRole('link', { name: 'Read it as others do' }).click()
  await says(visit.page, 'How this was made')
  await visit.inspect('published-without-scripts')
}, { javaScriptEnabled: false }))

test('the threshold is lowered only with a reason', () => house.visiting(async (visit) => {
  const { page } = visit
  await signIn(page, manager)
  await page.goto('/releases/threshold')
  await page.getByLabel('Threshold').fill('8')
  await press(page, 'Save')
  await says(page, 'Say why')
  await visit.inspect('release-threshold')
}))
