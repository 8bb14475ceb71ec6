// What a browser test stands on: the real binary in demo mode, a real Chromium,
// and a watch that nothing goes wrong unseen.
//
//   const house = await openHouse()             // binary and browser, once a file
//   const visit = await house.visit()           // a person with a browser of their own
//   await visit.page.goto('/sign-in')           // a Playwright page
//   await visit.inspect('sign-in')              // axe and screenshots, both widths
//   await visit.leave()                         // throws what the watch saw
//   await house?.close()                        // in after(), where it may be missing
//
// A test that ends without leave() has not been watched; use house.visiting().
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { chromium } from 'playwright-core'

import { violations } from './axe.mjs'
import { startDemo } from './demo.mjs'
import { watch } from './watch.mjs'

const desktop = { width: 1280, height: 900 } // CSS pixels
const phone = { width: 390, height: 844 } // CSS pixels

// Without these, Chromium asks its maker's hosts for things of its own.
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run'
]

// openHouse starts the demo on a free port with data of its own, and a browser.
export async function openHouse() {
  const executablePath = process.env.CAIRN_TEST_BROWSER
  assert.ok(executablePath, 'CAIRN_TEST_BROWSER must name a Chromium; `make test` finds one')
  const demo = await startDemo()
  try {
    return new House(demo, await chromium.launch({ executablePath, args: flags }))
  } catch (error) {
    await demo.stop()
    throw error
  }
}

class House {
  constructor(demo, browser) {
    this.demo = demo
    this.browser = browser
    this.url = demo.url
  }

  // visit opens a browser profile of its own: no cookies, nothing stored.
  // Options are Playwright's context options, such as { javaScriptEnabled: false }.
  async visit(options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.url,
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      reducedMotion: 'reduce',
      viewport: desktop,
      ...options
    })
    context.setDefaultTimeout(15_000)
    const scripted = options.javaScriptEnabled !== false
    return new Visit(context, await context.newPage(), { url: this.url, scripted })
  }

  // visiting runs steps as one watched visit, and is the usual way to write a test.
  async visiting(steps, options) {
    const visit = await this.visit(options)
    try {
      await steps(visit)
    } catch (error) {
      await visit.context.close()
      const seen = visit.seen.length > 0 ? `\nThe watch saw:\n${visit.seen.join('\n')}` : ''
      error.message += `\nThe server said:\n${this.demo.lastWords()}${seen}`
      throw error
    }
    await visit.leave()
  }

  async close() {
    await this.browser.close()
    await this.demo.stop()
  }
}

class Visit {
  constructor(context, page, { url, scripted }) {
    this.context = context
    this.page = page
    this.scripted = scripted
    this.seen = watch(context, url)
  }

  // inspect checks the page as it stands against WCAG 2.2 A and AA at both
  // widths, refuses sideways scrolling, and keeps a picture of each where
  // CAIRN_SHOTS names a folder. Where scripts are off, axe cannot run either:
  // then it is the width and the picture alone.
  async inspect(name) {
    const { page, scripted } = this
    const before = page.viewportSize()
    for (const viewport of [desktop, phone]) {
      await page.setViewportSize(viewport)
      await page.waitForLoadState('load')
      if (scripted) {
        await drawn(page)
      }
      await this.picture(`${name}-${viewport.width}`)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(wide <= viewport.width, `${name}: ${wide} px wide on a screen of ${viewport.width} px`)
      const found = scripted ? await violations(page) : []
      assert.deepEqual(found, [], `${name} at ${viewport.width} px: ${found.length} accessibility violations`)
    }
    await page.setViewportSize(before)
  }

  // picture keeps a screenshot of the whole page where CAIRN_SHOTS names a folder.
  async picture(name) {
    const folder = process.env.CAIRN_SHOTS
    if (!folder) {
      return
    }
    await mkdir(folder, { recursive: true })
    await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  }

  // leave ends the visit and fails when anything went wrong on the way.
  async leave() {
    await this.context.close()
    assert.deepEqual(this.seen, [], 'the browser reported errors')
  }
}

// drawn waits for two frames, by when observers of size have run and figures
// have taken their new width.
function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
}
