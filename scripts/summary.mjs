// The closing summary of a test run: reads what its stages left in a folder,
// prints one count, and exits 1 when anything failed, was skipped, or never ran.
//
//   node scripts/summary.mjs FOLDER SECONDS
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, seconds] = process.argv.slice(2)

function lines(name) {
  const path = join(folder, name)
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []
}

function count() {
  return { passed: 0, failed: 0, skipped: 0 }
}

const verdicts = { pass: 'passed', fail: 'failed', skip: 'skipped' }
const troubles = []

// goTests counts each test and subtest in a stream of `go test -json` events.
// A package that failed with no failing test did not build or fell over: one more.
function goTests(name) {
  const all = count()
  const postgres = count()
  const failing = new Set()
  for (const line of lines(`${name}.json`)) {
    const event = JSON.parse(line)
    const verdict = verdicts[event.Action]
    if (!verdict) {
      continue
    }
    if (event.Test) {
      all[verdict]++
      postgres[verdict] += event.Test.includes('/postgres') ? 1 : 0
      if (verdict === 'failed') {
        failing.add(event.Package)
      }
      if (verdict !== 'passed') {
        troubles.push(`${verdict}: ${event.Package} ${event.Test}`)
      }
    } else if (verdict === 'failed' && !failing.has(event.Package)) {
      all.failed++
      troubles.push(`failed: ${event.Package} as a whole`)
    }
  }
  return { all, postgres }
}

// browserTests reads the totals with which a TAP report ends, and its failures.
function browserTests() {
  const report = lines('browser.tap')
  const total = (word) => Number(report.findLast((line) => line.startsWith(`# ${word} `))?.split(' ')[2] ?? 0)
  for (const line of report) {
    if (/^\s*not ok /.test(line) || /^\s*ok .* # (SKIP|TODO)/.test(line)) {
      troubles.push(`browser: ${line.trim()}`)
    }
  }
  return {
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo')
  }
}

// stages counts the stages that are no tests themselves, and notes the others
// only when they broke without a failing test to show for it.
function stages(tests) {
  const checks = count()
  for (const line of lines('stages.tsv')) {
    const [name, verdict, took] = line.split('\t')
    console.log(`  ${name.padEnd(34)} ${verdict}, ${took} s`)
    const inner = tests.get(name)
    if (inner === undefined || (verdict === 'failed' && inner.failed + inner.skipped === 0)) {
      checks[verdict]++
      if (verdict === 'failed') {
        troubles.push(`failed: ${name}`)
      }
    }
  }
  return checks
}

function sum(...counts) {
  const total = count()
  for (const one of counts) {
    for (const key of Object.keys(total)) {
      total[key] += one[key]
    }
  }
  return total
}

function say(name, { passed, failed, skipped }) {
  console.log(`  ${name.padEnd(34)} ${passed} passed, ${failed} failed, ${skipped} skipped`)
}

console.log(`\n== Summary (${Math.floor(seconds / 60)} min ${seconds % 60} s)`)
const plain = goTests('go')
const race = goTests('race')
const tools = goTests('tools')
const contract = goTests('contract')
const browser = browserTests()
const postgres = sum(plain.postgres, race.postgres)
const checks = stages(
  new Map([
    ['Go tests', plain.all],
    ['Go tests with the race detector', race.all],
    ['tests of the tools', tools.all],
    ['tests of the contract', contract.all],
    ['browser tests', browser]
  ])
)
const go = sum(plain.all, race.all, tools.all, contract.all)

// A part that did not run at all would otherwise look like a part that is well.
const missing = count()
for (const [name, one] of [
  ['PostgreSQL', postgres],
  ['race detector', race.all],
  ['contract', contract.all],
  ['browser', browser]
]) {
  if (one.passed + one.failed === 0) {
    missing.failed++
    troubles.push(`failed: no ${name} test ran`)
  }
}

console.log('')
say('Go tests', go)
say('  of which on PostgreSQL', postgres)
say('  of which with the race detector', race.all)
say('browser tests', browser)
say('build, lint and completeness', sum(checks, missing))
if (troubles.length > 0) {
  console.log(`\n${troubles.map((trouble) => `  ${trouble}`).join('\n')}`)
}

const { passed, failed, skipped } = sum(go, browser, checks, missing)
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed + skipped === 0 ? 0 : 1
