// The report that is one file: opened from the disk, it asks for nothing, breaks
// no policy, draws its pictures, and says its numbers without a script.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { chromium } from 'playwright-core'

import { violations } from './axe.mjs'
import { watch } from './watch.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
let directory, browser, address

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cairn-report-'))
  const file = join(directory, 'report.html')
  const madeUp = join(root, 'testdata/acceptance/madeup')
  await promisify(execFile)(resolve(root, process.env.CAIRN_TEST_BINARY ?? 'bin/cairn'), [
    'evidence', join(madeUp, 'long.csv'), '--people', join(madeUp, 'people.csv'), '--settings', join(madeUp, 'case.json'), '--html', file
  ])
  address = pathToFileURL(file).href
  browser = await chromium.launch({
    executablePath: process.env.CAIRN_TEST_BROWSER,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run']
  })
})

after(async () => {
  await browser?.close()
  await rm(directory, { recursive: true, force: true })
})

// opened shows the report and fails when anything went wrong on the way, a
// request to anywhere but the file itself included.
async function opened(options, steps) {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options })
  const seen = watch(context, address)
  const asked = []
  context.on('request', (request) => asked.push(request.url()))
  const page = await context.newPage()
  await page.goto(address)
  await steps(page)
  await context.close()
  assert.deepEqual(seen, [], 'the browser reported errors')
  assert.deepEqual(asked, [address], 'the page asked for more than itself')
}

test('pictures are drawn, and WCAG is kept at both widths', () =>
  opened({}, async (page) => {
    for (const summary of await page.locator('details.scheme > summary').all()) {
      await summary.click()
    }
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      assert.deepEqual(await violations(page), [], `at ${width} px`)
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `wider than ${width} px`)
      if (process.env.CAIRN_SHOTS) {
        await page.screenshot({ path: join(process.env.CAIRN_SHOTS, `report-${width}.png`), fullPage: true })
      }
    }
    const charts = page.locator('.cairn-chart')
    assert.equal(await charts.count(), 20, 'four of everybody, four of schemes together, four of each of three schemes')
    for (const chart of await charts.all()) {
      assert.ok((await chart.locator('svg path').count()) > 3, 'an empty picture')
      assert.ok((await chart.getAttribute('aria-label'))?.length > 40, 'a picture without words')
    }
  }))

test('what is folded away is drawn when it is unfolded', () =>
  opened({}, async (page) => {
    const folded = page.locator('details.scheme .cairn-chart')
    assert.equal(await folded.locator('svg').count(), 0)
    await page.locator('details.scheme > summary').first().click()
    await folded.locator('svg').nth(3).waitFor()
    assert.equal(await folded.locator('svg').count(), 4)
  }))

test('without a script the numbers can be read', () =>
  opened({ javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.getByText('21 of 25 people in schemes with a baseline (84%) were measured again').first().isVisible())
    assert.ok(await page.getByRole('row', { name: 'Mean change 2.71', exact: true }).isVisible())
    assert.ok(await page.getByText('Without JavaScript the pictures are not drawn.').isVisible())
    await page.locator('figure').filter({ hasText: 'how much change in each scheme' }).getByText('The same numbers as a table').click()
    assert.ok(await page.getByRole('row', { name: /^Garden \+3\.1 \+1\.3 to \+4\.9/ }).isVisible(), 'the table of the forest')
  }))

test('on paper the pictures fit, and their tables are open', () =>
  opened({}, async (page) => {
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    const widths = await page.locator('.cairn-chart svg').evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().width))
    assert.ok(widths.length > 0 && widths.every((width) => width > 300 && width <= 680), `${widths}`)
    assert.ok(await page.locator('figure table').first().isVisible())
  }))
