// The first run: an empty installation leads to the set-up page, and from there
// to the manager's first page.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { chromium } from 'playwright-core'

import { violations } from './axe.mjs'
import { watch } from './watch.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
let directory, server, address, browser

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cairn-first-run-'))
  const port = await freePort()
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CAIRN_')))
  server = spawn(resolve(root, process.env.CAIRN_TEST_BINARY ?? 'bin/cairn'), ['serve'], {
    cwd: directory,
    env: { ...own, CAIRN_ADDR: `127.0.0.1:${port}`, CAIRN_DATABASE_URL: `sqlite:${join(directory, 'cairn.db')}` },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  address = await printed(server, /http:\S+\/set-up\?code=\S+/)
  browser = await chromium.launch({
    executablePath: process.env.CAIRN_TEST_BROWSER,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run']
  })
})

after(async () => {
  await browser?.close()
  if (server?.exitCode === null) {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  await rm(directory, { recursive: true, force: true })
})

test('the address that the terminal prints leads to a signed-in manager', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' })
  const seen = watch(context, address)
  const page = await context.newPage()
  await page.goto(new URL('/', address).href)
  assert.equal(new URL(page.url()).pathname, '/set-up', 'an empty installation leads here')

  await page.goto(address)
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    assert.deepEqual(await violations(page), [], `set-up at ${width} px`)
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width)
    if (process.env.CAIRN_SHOTS) {
      await page.screenshot({ path: join(process.env.CAIRN_SHOTS, `set-up-${width}.png`), fullPage: true })
    }
  }
  await page.getByLabel('Name of your organisation').fill('Riverside')
  await page.getByLabel('Your login').fill('ann@riverside.example')
  await page.getByLabel('Your password', { exact: true }).fill('kettle orbit lantern')
  await page.getByRole('button', { name: 'Set up and sign in' }).click()
  await page.getByText('There is no scheme yet.').waitFor()
  assert.equal(await page.getByText('Demonstration').count(), 0, 'this is no demonstration')
  await context.close()
  assert.deepEqual(seen, [])
})

// printed resolves to what the program prints that matches.
function printed(program, pattern) {
  return new Promise((done, failed) => {
    let said = ''
    for (const stream of [program.stdout, program.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text
        const found = said.match(pattern)
        if (found) done(found[0])
      })
    }
    program.once('exit', () => failed(new Error(`the program stopped:\n${said}`)))
    program.once('error', failed)
  })
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}
