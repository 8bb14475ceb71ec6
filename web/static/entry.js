// The forms on which an assessment is typed in: how many are answered, the score
// as it stands, and the row of digits. Without this the form is whole too.
import { byItem, keypad } from './keypad.js'
import { contradictions, profileOf, scoresOf, typedOf } from './score.js'

export function startEntry() {
  const script = document.querySelector('script[data-sheet]')
  if (!script) {
    return
  }
  const sheet = JSON.parse(script.textContent)
  for (const form of document.querySelectorAll('form[data-entry]')) {
    entry(form, sheet)
  }
  for (const row of document.querySelectorAll('[data-paper]')) {
    paper(row, sheet)
  }
}

function entry(form, sheet) {
  const bar = form.querySelector('[data-progress]')
  const show = (answers) => progress(bar, sheet, answers)
  const box = form.querySelector('[data-keypad] input')
  if (box) {
    digits(form.querySelector('[data-keypad]'), sheet, show)
    return
  }
  const score = form.elements.namedItem('score')
  const look = () => (score ? total(bar, form, sheet) : show(chosen(form, sheet)))
  form.addEventListener('input', look)
  form.addEventListener('change', look)
  look()
}

// chosen are the answers that were chosen or typed, by item key.
function chosen(form, sheet) {
  const data = new FormData(form)
  return Object.fromEntries(sheet.items.map(({ key }) => [key, data.get(`items.${key}`) ?? undefined]))
}

function digits(part, sheet, show) {
  const box = part.querySelector('input')
  const said = part.querySelector('[data-refused]')
  const keys = part.querySelector('[data-keys]')
  const out = part.querySelector('[data-left-out]')
  keys.hidden = false
  const pad = keypad({
    sheet,
    box,
    refused: (text) => { said.textContent = text; said.hidden = text === '' },
    changed: (answers) => {
      keys.replaceChildren(...sheet.items.map((_, i) => cell(i, answers)))
      show(byItem(sheet, answers), answers)
    },
    full: () => {}
  })
  if (out) {
    out.hidden = false
    out.addEventListener('click', () => pad.leaveOut())
  }
}

function cell(i, answers) {
  const box = document.createElement('span')
  box.className = i === answers.length ? 'cairn-keys__cell cairn-keys__cell--next' : 'cairn-keys__cell'
  const number = document.createElement('span')
  number.className = 'cairn-keys__number'
  number.textContent = i + 1
  const answer = document.createElement('span')
  answer.className = 'cairn-keys__answer'
  answer.textContent = answers[i] === '-' ? '–' : answers[i] ?? ''
  box.append(number, answer)
  return box
}

// progress says how many are answered, which are not, and the score so far.
// passed are the answers typed in a row, where an empty one was left out.
function progress(bar, sheet, answers, passed) {
  const open = []
  const out = []
  sheet.items.forEach(({ key }, i) => {
    if (answers[key] === undefined || (answers[key] === '' && passed && i >= passed.length)) {
      open.push(i + 1)
    } else if (answers[key] === '') {
      out.push(i + 1)
    }
  })
  const answered = sheet.items.length - open.length - out.length
  bar.hidden = false
  let text = `${answered} of ${sheet.items.length} answered`
  if (out.length > 0) {
    text += `. Left out: ${out.join(', ')}`
  }
  if (answered > 0 && open.length > 0 && answered + out.length >= sheet.items.length / 2) {
    text += `. Not answered: ${open.join(', ')}`
  }
  bar.querySelector('[data-count]').textContent = `${text}.`
  const settled = open.length === 0 || !passed
  const scores = settled ? scoresOf(sheet, answers) : []
  say(bar, scores)
  const profile = open.length === 0 ? profileOf(sheet, answers) : ''
  if (profile) {
    bar.querySelector('[data-brief]').textContent = `Read as ${profile}`
    bar.parentElement.querySelector('p[data-score]').textContent = `The answers are read as ${profile}.`
  }
  warn(bar, contradictions(sheet, scores))
}

// warn stands in the form, and at the foot of the screen as two words.
function warn(bar, texts) {
  const box = bar.parentElement.querySelector('[data-contradicts]')
  if (!box) {
    return
  }
  box.textContent = texts.join(' ')
  box.hidden = texts.length === 0
  if (texts.length > 0) {
    bar.querySelector('[data-brief]').textContent = 'These two do not go together'
  }
}

function total(bar, form, sheet) {
  const series = new FormData(form).get('series') ?? Object.keys(sheet.typed)[0]
  const found = typedOf(sheet, series, form.elements.namedItem('score').value)
  bar.hidden = found.length === 0
  bar.querySelector('[data-count]').textContent = ''
  say(bar, found)
}

// say shows the scores in brief at the foot of the screen, and whole in the form.
function say(bar, scores) {
  bar.querySelector('[data-brief]').textContent = scores.map(inBrief).join('; ')
  bar.parentElement.querySelector('p[data-score]').textContent = scores.map(inWords).join('; ')
}

// inBrief drops what the page says in its heading: “raw total: 22”.
function inBrief({ name, text }) {
  return `${name.match(/^[A-Z0-9-]+ \((.+)\)$/)?.[1] ?? name}: ${text}`
}

function inWords({ name, text, better, range }) {
  return `${name}: ${text}${range ? ` on a scale from ${range}` : ''}, ${better}`
}

// paper is one row of a stack.
function paper(row, sheet) {
  const box = row.querySelector('[data-digits]')
  if (!box) {
    return
  }
  const said = row.querySelector('[data-refused]')
  const score = row.querySelector('[data-score]')
  keypad({
    sheet,
    box,
    refused: (text) => { said.textContent = text; said.hidden = text === '' },
    changed: (answers) => {
      const all = answers.length === sheet.items.length ? scoresOf(sheet, byItem(sheet, answers)) : []
      score.textContent = all.map(({ name, text }) => `${name}: ${text}`).join('; ')
    },
    full: () => row.nextElementSibling?.querySelector('input:not([type=hidden])')?.focus()
  })
}
