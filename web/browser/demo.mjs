// The binary under test, in demo mode with a directory of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const patience = 180_000 // milliseconds until the demo must answer, its data included
const farewell = 10_000 // milliseconds to stop by itself

// startDemo resolves when /healthz answers. CAIRN_TEST_BINARY names another
// build than bin/cairn. CAIRN_TEST_DEMO names data that seedDemo made, of which
// each demo takes a copy; without it the demo makes its own, which takes longer.
export async function startDemo() {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-browser-'))
  const demo = new Demo(directory, () => rm(directory, { recursive: true, force: true }))
  const seeded = process.env.CAIRN_TEST_DEMO
  if (seeded) {
    await cp(seeded, directory, { recursive: true })
  }
  return demo.start()
}

// seedDemo leaves the data of a fresh demo in directory.
export async function seedDemo(directory) {
  const demo = await new Demo(directory, () => {}).start()
  await demo.stop()
}

class Demo {
  #directory
  #tidy
  #child
  #gone
  #said = ''

  // tidy is called when the demo has stopped.
  constructor(directory, tidy) {
    this.#directory = directory
    this.#tidy = tidy
  }

  async start() {
    const binary = resolve(root, process.env.CAIRN_TEST_BINARY ?? 'bin/cairn')
    const address = `127.0.0.1:${await freePort()}`
    this.url = `http://${address}`
    this.#child = spawn(binary, ['demo', '--dir', join(this.#directory, 'demo')], {
      env: { ...environment(), CAIRN_ADDR: address },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        this.#said += text
      })
    }
    // A program that cannot be started at all says so here and never exits.
    this.#gone = new Promise((done) => {
      this.#child.once('exit', (code, signal) => done(`stopped with ${signal ?? code}`))
      this.#child.once('error', (error) => done(`could not be started (${error.message})`))
    })
    try {
      await this.#ready()
    } catch (error) {
      await this.stop()
      throw error
    }
    return this
  }

  // said is everything the binary has printed, such as how to sign in.
  get said() {
    return this.#said
  }

  lastWords() {
    return this.#said.split('\n').slice(-20).join('\n')
  }

  async #ready() {
    const end = AbortSignal.timeout(patience)
    let gone
    this.#gone.then((how) => {
      gone = how
    })
    while (!end.aborted) {
      if (gone !== undefined) {
        throw new Error(`the demo ${gone} before it answered:\n${this.lastWords()}`)
      }
      if (await answers(`${this.url}/healthz`)) {
        return
      }
      await sleep(100)
    }
    throw new Error(`the demo did not answer within ${patience / 1000} s:\n${this.lastWords()}`)
  }

  async stop() {
    this.#child.kill('SIGTERM')
    const slow = setTimeout(() => this.#child.kill('SIGKILL'), farewell)
    await this.#gone
    clearTimeout(slow)
    await this.#tidy()
  }
}

async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false // not listening yet
  }
}

// environment is ours without the settings of whoever runs the tests.
function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CAIRN_')))
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
