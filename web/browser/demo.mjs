// The binary under test, in demo mode with a directory of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const patience = 60_000 // milliseconds until the demo must answer, its data included
const farewell = 10_000 // milliseconds to stop by itself

// startDemo resolves when /healthz answers. CAIRN_TEST_BINARY names another
// build than bin/cairn.
export async function startDemo() {
  const binary = resolve(root, process.env.CAIRN_TEST_BINARY ?? 'bin/cairn')
  const directory = await mkdtemp(join(tmpdir(), 'cairn-browser-'))
  const address = `127.0.0.1:${await freePort()}`
  const child = spawn(binary, ['demo', '--dir', join(directory, 'demo')], {
    cwd: directory,
    env: { ...environment(), CAIRN_ADDR: address },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const demo = new Demo(child, directory, `http://${address}`)
  try {
    await demo.ready()
    return demo
  } catch (error) {
    await demo.stop()
    throw error
  }
}

class Demo {
  #child
  #directory
  #gone
  #said = ''

  constructor(child, directory, url) {
    this.#child = child
    this.#directory = directory
    this.url = url
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        this.#said += text
      })
    }
    // A program that cannot be started at all says so here and never exits.
    this.#gone = Promise.race([
      once(child, 'exit').then(([code, signal]) => `stopped with ${signal ?? code}`),
      new Promise((done) => child.once('error', (error) => done(error.message)))
    ])
  }

  // said is everything the binary has printed, such as how to sign in.
  get said() {
    return this.#said
  }

  lastWords() {
    return this.#said.split('\n').slice(-20).join('\n')
  }

  async ready() {
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
    await rm(this.#directory, { recursive: true, force: true })
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
