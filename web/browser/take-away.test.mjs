// A figure is taken away as a picture that can be understood alone, and as a
// table; without scripts as a table alone.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'

import { openHouse } from './harness.mjs'
import { manager, signIn } from './steps.mjs'

let house
before(async () => { house = await openHouse() })
after(() => house?.close())

const evidence = async (page) => {
  await signIn(page, manager)
  await page.goto('/schemes')
  await page.getByRole('link', { name: 'Evidence of Riverside Green Roots (demo)' }).click()
  await page.locator('#change').waitFor()
}

// saved presses one of a figure's three and returns the file and its name.
async function saved(page, figure, kind) {
  const file = page.waitForEvent('download')
  await page.locator(`#${figure} .cairn-save`).getByText(kind).click()
  const got = await file
  const content = await readFile(await got.path())
  if (process.env.CAIRN_SHOTS) {
    await got.saveAs(`${process.env.CAIRN_SHOTS}/saved-${figure}.${kind.toLowerCase()}`)
  }
  return { name: got.suggestedFilename(), content }
}

// pages is how many pages a PDF has.
const pages = (pdf) => (pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? []).length

test('a figure is saved as PNG, SVG and CSV', () => house.visiting(async (visit) => {
  const { page } = visit
  await evidence(page)
  const answer = (await page.locator('#change .cairn-figure__says').innerText()).trim()
  const blank = await visit.context.newPage() // a page without our policy, as where an SVG is opened
  await page.bringToFront() // where it is not in front, its timers run once a second
  for (const figure of ['change', 'better-worse', 'flow', 'distribution']) {
    const svg = await saved(page, figure, 'SVG')
    assert.match(svg.name, new RegExp(`^riverside-green-roots-demo-.*${figure}.*\\.svg$`))
    const text = svg.content.toString()
    const whole = await blank.evaluate((source) => !new DOMParser().parseFromString(source, 'image/svg+xml').querySelector('parsererror'), text)
    assert.ok(whole, 'the SVG is not well-formed')
    for (const said of ['Internal, not for publication', 'every person in it is made up', 'As of ']) {
      assert.ok(text.replace(/<\/text><text[^>]*>/g, ' ').includes(said), `the SVG of ${figure} lacks “${said}”`)
    }
    const png = await saved(page, figure, 'PNG')
    assert.equal(png.content.readUInt32BE(16), 1920, 'pixels across')
    assert.ok(png.content.length > 20_000, 'the PNG is empty')
  }
  const csv = await saved(page, 'change', 'CSV')
  assert.match(csv.name, /\.csv$/)
  const svg = (await saved(page, 'change', 'SVG')).content.toString()
  assert.ok(svg.includes(`<desc>${answer}</desc>`), 'the SVG does not say the answer')
  await visit.inspect('take-away')

  await page.getByRole('link', { name: 'All of this on one page, to print' }).click()
  await page.getByRole('main').getByText('Internal, not for publication').waitFor()
  await visit.inspect('one-page')
  const pdf = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download this page as PDF' }).click()
  assert.equal(pages(await readFile(await (await pdf).path())), 1, 'sheets of the internal page')
}))

test('without scripts a figure is saved as CSV alone', () => house.visiting(async ({ page }) => {
  await evidence(page)
  assert.match(await page.locator('#change .cairn-save').innerText(), /^Save this figure: CSV\s/)
  assert.equal(await page.locator('.cairn-save button').count(), 0)
  const { content } = await saved(page, 'change', 'CSV')
  const [head, first] = content.toString().split('\r\n')
  assert.match(head, /^\ufeffWhat,Mean change,"95% interval, low"/)
  assert.match(first, /^Follow-up minus baseline,-?\d+\.\d+,-?\d+\.\d+,-?\d+\.\d+,\d+,.*Riverside Green Roots/)
}, { javaScriptEnabled: false }))
