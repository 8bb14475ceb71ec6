// What is hard to say well in FHIR: responses that must not be kept, and scores of
// which no file said the day.

// refusals are entries of a batch, each wrong in one way, with the start of the
// status that it is answered with. good is a response that could be kept; other is
// one of somebody else.
export function refusals(good, other) {
  const but = (change) => ({ resource: { ...structuredClone(good), ...change }, request: { method: 'POST', url: 'QuestionnaireResponse' } })
  const without = (name) => {
    const entry = but({})
    delete entry.resource[name]
    return entry
  }
  const score = good.item[0].item[0].linkId
  const scored = (answer) => but({ item: [{ linkId: 'scores', item: [{ linkId: score, answer }] }] })
  const extended = (name, valueCode) => but({ extension: [{ url: `https://cairn.example/fhir/StructureDefinition/${name}`, valueCode }] })
  return {
    'no request': ['422', { resource: but({}).resource }],
    'another method': ['422', { ...but({}), request: { method: 'DELETE', url: 'QuestionnaireResponse/1' } }],
    'no resource': ['422', { request: but({}).request }],
    'another kind of resource': ['422', { ...but({}), resource: { resourceType: 'Patient' } }],
    'a list for a resource': ['422', { ...but({}), resource: [] }],
    'an element that is none': ['422', but({ autored: '2026-03-02' })],
    'an element with markup for its name': ['422', but({ '<script>alert(1)</script>': 'x' })],
    'an element with a long name': ['422', but({ ['x'.repeat(500)]: 'x' })],
    'an element without a name': ['422', but({ '': 'x' })],
    'an extension that might change the meaning': ['422', but({ modifierExtension: [{ url: 'https://other.example/not', valueBoolean: true }] })],
    'a resource within it': ['422', but({ contained: [{ resourceType: 'Patient' }] })],
    'a draft': ['422', but({ status: 'in-progress' })],
    'a status that is none': ['422', but({ status: 'done' })],
    'no identifier': ['422', without('identifier')],
    'an identifier without a system': ['422', but({ identifier: { value: '1' } })],
    'no measure': ['422', without('questionnaire')],
    'a measure of nobody': ['422', but({ questionnaire: 'https://other.example/Questionnaire/phq9' })],
    'a version that is not in use': ['409', but({ questionnaire: `${good.questionnaire.split('|')[0]}|999` })],
    'no subject': ['422', without('subject')],
    'somebody who is not here': ['404', but({ subject: { reference: 'Patient/01900000-0000-7000-8000-000000000000' }, basedOn: undefined, source: undefined })],
    'a referral of somebody else': ['', but({ basedOn: other.basedOn })],
    'two referrals': ['422', but({ basedOn: [...good.basedOn, ...other.basedOn] })],
    'a group for a subject': ['422', but({ subject: { reference: 'Group/1' } })],
    'no day': ['422', without('authored')],
    'a month alone': ['422', but({ authored: '2026-03' })],
    'a day that does not exist': ['422', but({ authored: '2026-02-30' })],
    'a day to come': ['422', but({ authored: '2099-01-01' })],
    'a score out of range': ['422', scored([{ valueDecimal: 9999 }])],
    'text for a score': ['422', scored([{ valueDecimal: 'twenty' }])],
    'a number that overflows': ['422', scored([{ valueDecimal: 1e300 }])],
    'a yes for a score': ['422', scored([{ valueBoolean: true }])],
    'two answers': ['422', scored([{ valueDecimal: 20 }, { valueDecimal: 21 }])],
    'an item that is none': ['422', but({ item: [{ linkId: 'nothing', answer: [{ valueInteger: 1 }] }] })],
    'no items': ['422', without('item')],
    'an empty list of items': ['422', but({ item: [] })],
    'an occasion that is none': ['422', extended('occasion', 'sometimes')],
    'a day that is said not to be known': ['422', extended('dated', 'month')],
    'an extension of ours that is none': ['422', extended('colour', 'red')],
    'everything wrong at once': ['422', but({ status: 'x', identifier: 1, subject: [], questionnaire: {}, authored: 5, item: 'y', basedOn: {}, source: 'z', extension: [1] })]
  }
}

// wholes are bodies that are refused whole, with the status of each.
export function wholes(good) {
  const entry = { resource: good, request: { method: 'POST', url: 'QuestionnaireResponse' } }
  const bundle = (change) => JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry: [entry], ...change })
  return {
    'half a Bundle': [400, bundle({}).slice(0, -9)],
    'nothing': [400, ''],
    'a transaction': [422, bundle({ type: 'transaction' })],
    'no Bundle': [422, JSON.stringify(good)],
    'a Bundle of nothing': [422, bundle({ entry: [] })],
    'a Bundle with an element that is none': [422, bundle({ entries: [] })],
    'a Bundle of too many': [422, bundle({ entry: Array(101).fill(entry) })],
    'a Bundle that is too large': [413, bundle({ identifier: { value: 'x'.repeat(2 << 20) } })]
  }
}

// undated are files of scores without a day: by month, by order alone, somebody
// measured once, and an activity that no day is known of.
export function undated(scheme, activity) {
  return {
    'before-and-after.csv': `Ref,Scheme,Activity,SWEMWBS raw pre,SWEMWBS raw post\nFHIR-ORDER,${scheme},${activity},20,26\nFHIR-ONCE,${scheme},,19,\n`,
    'by-month.csv': `Ref,Scheme,Month,Stage,SWEMWBS raw\nFHIR-MONTH,${scheme},March 2026,pre,20\nFHIR-MONTH,${scheme},June 2026,post,25\n`,
    'by-day.csv': `Ref,Scheme,Date,Stage,SWEMWBS raw\nFHIR-DAY,${scheme},2026-03-02,pre,20\nFHIR-DAY,${scheme},2026-06-02,post,25\n`
  }
}

// authored is what is said of the days of each of them, in no order.
export const authored = {
  'FHIR-ORDER': ['none order', 'none order'],
  'FHIR-ONCE': ['none order'],
  'FHIR-MONTH': ['2026-03 month', '2026-06 month'],
  'FHIR-DAY': ['2026-03-02 day', '2026-06-02 day']
}

// bringIn sends a file through the steps of an import, and demands that each of its
// rows is taken.
export async function bringIn(url, headers, name, csv) {
  const sent = await fetch(`${url}/api/v1/import-files?name=${name}`, { method: 'POST', headers: { ...headers, 'Content-Type': 'text/csv' }, body: csv })
  const { id, version } = await sent.json()
  const done = await fetch(`${url}/api/v1/import-files/${id}/import`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ version })
  })
  const { rows, outcomes } = await done.json()
  return rows > 0 && outcomes?.accepted === rows
}
