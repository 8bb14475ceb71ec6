// A row of answers typed as digits. One box holds them all, so that backspace
// goes back and the keys of a phone stay open; what no question can have is
// refused at once and not taken.

// readDigits parts what was typed into answers, "-" for one left out. pending is
// true where the last one could still become 10. wrong says what cannot be.
export function readDigits(sheet, text) {
  const wide = sheet.items.some((item) => '10' in item.points)
  const answers = []
  const runs = text.split(/[\s,]+/).filter((run) => run !== '')
  for (const run of runs) {
    for (let i = 0; i < run.length; i++) {
      const ten = wide && run[i] === '1' && run[i + 1] === '0'
      const answer = ten ? '10' : run[i]
      const wrong = refusal(sheet, answers.length, answer)
      if (wrong) {
        return { answers, wrong, wide, pending: false }
      }
      answers.push(answer)
      i += ten ? 1 : 0
    }
  }
  const last = answers.at(-1)
  return { answers, wide, pending: wide && last === '1' && /1$/.test(text) }
}

function refusal(sheet, at, answer) {
  const item = sheet.items[at]
  if (!item) {
    return `All ${sheet.items.length} questions have their answer.`
  }
  if (answer === '-') {
    return sheet.missing > 0 ? '' : 'No question may be left out here.'
  }
  if (answer in item.points) {
    return ''
  }
  const all = Object.keys(item.points).map(Number)
  return `“${answer}” is no answer to question ${at + 1}. It takes ${Math.min(...all)} to ${Math.max(...all)}.`
}

// byItem are the answers by item key.
export function byItem(sheet, answers) {
  return Object.fromEntries(answers.map((answer, i) => [sheet.items[i].key, answer === '-' ? '' : answer]))
}

// keypad watches a box. changed is called with the answers after each key, and
// full when the last question has its answer.
export function keypad({ sheet, box, refused, changed, full }) {
  let taken = ''
  const take = () => {
    const read = readDigits(sheet, box.value)
    if (read.wrong) {
      box.value = taken
      refused(read.wrong)
      return
    }
    refused('')
    const typedSpace = /\s$/.test(box.value)
    const longer = box.value.length > taken.length
    if (read.wide) {
      box.value = read.answers.join(' ') + (typedSpace && longer && read.answers.length < sheet.items.length ? ' ' : '')
    }
    taken = box.value
    changed(read.answers)
    if (longer && read.answers.length === sheet.items.length && !(read.pending && !typedSpace)) {
      full()
    }
  }
  box.addEventListener('input', take)
  const start = readDigits(sheet, box.value)
  if (!start.wrong) {
    taken = box.value
    changed(start.answers)
  }
  return {
    leaveOut() {
      box.value += read10(box.value) ? ' -' : '-'
      take()
      box.focus()
    }
  }
}

// read10 reports whether a hyphen has to be kept apart from what stands before.
function read10(text) {
  return text.includes(' ')
}
