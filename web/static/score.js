// Scores by a sheet, which the server writes out from the definition of the
// measure: adding up and looking up, and no rule of any measure. What is kept is
// scored again by the server.

// scoresOf takes the answers as they were typed, by item key; what was left out
// is absent or empty. It gives nothing while too few are there.
export function scoresOf(sheet, answers) {
  const points = sheet.items.map((item) => item.points[plain(answers[item.key])])
  const given = sheet.items.filter((item) => filled(answers[item.key])).length
  const known = points.filter((p) => p !== undefined).length
  if (given === 0 || known < given || sheet.items.length - given > sheet.missing) {
    return []
  }
  const all = []
  for (const score of sheet.scores) {
    const counted = score.items.map((i) => points[i]).filter((p) => p !== undefined)
    const sum = counted.reduce((a, b) => a + b, 0)
    const text = score.results[counted.length]?.[sum]
    if (text !== undefined) {
      all.push({ series: score.series, name: score.name, text, better: score.better, range: score.range })
    }
  }
  return all
}

// typedOf gives what a number that is typed in is converted to.
export function typedOf(sheet, series, text) {
  return sheet.typed[series]?.[plain(text)] ?? []
}

// profileOf is the answers side by side as they are read, with a hyphen for one
// left out; nothing while one is open, and of a measure that is not read so.
export function profileOf(sheet, answers) {
  const all = sheet.items.map(({ key }) => answers[key] === '' ? '-' : answers[key])
  const whole = sheet.profile && !all.includes(undefined) && all.some((a) => a !== '-')
  return whole ? all.join('') : ''
}

// contradictions are pairs of scores that no published cut points have together.
export function contradictions(sheet, scores) {
  const by = Object.fromEntries(scores.map((score) => [score.series, score]))
  const all = []
  for (const { of, rank, steps } of sheet.ranks ?? []) {
    if (!by[of] || !by[rank]) {
      continue
    }
    const { ranks } = steps.findLast(({ from }) => from <= Number(by[of].text))
    if (!ranks.includes(by[rank].text)) {
      all.push(`Check both: a ${by[of].name} of ${by[of].text} goes with ${by[rank].name} ${ranks.join(' or ')}, not with ${by[rank].text}.`)
    }
  }
  return all
}

// plain is a number in its shortest form: "+07.50" is "7.5".
function plain(text) {
  const found = /^\s*(-?)\+?0*(\d+)(?:\.(\d*?)0*)?\s*$/.exec(text ?? '')
  if (!found) {
    return undefined
  }
  const [, sign, whole, rest] = found
  return sign + whole + (rest ? `.${rest}` : '')
}

function filled(text) {
  return text !== undefined && text.trim() !== ''
}
