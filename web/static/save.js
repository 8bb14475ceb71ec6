// Saves a figure as a picture that can be understood alone: the question, the
// answer, the drawing, how to read it, who is not in it and where it is from.
//
// The drawing is made anew from the very option that the page drew, at a fixed
// width, so that it looks the same from a phone and from a desk. Nothing is
// asked of the server; the table as CSV is the server's and needs no script.
import { init } from 'echarts/core'

const width = 960 // of the picture, CSS pixels
const margin = 32 // CSS pixels
const inner = width - 2 * margin
const sharpness = 2 // pixels of a PNG for each CSS pixel
const font = 'Arial, Helvetica, sans-serif'
const ink = '#212b32'
const quiet = '#4c6272'

// offer puts the two pictures in front of the figure's CSV.
export function offer(figure, prepared, height) {
  const line = figure.querySelector(':scope > .cairn-save')
  const csv = line?.querySelector('a')
  if (!csv) {
    return
  }
  const about = describe(figure)
  for (const [kind, make] of [['PNG', png], ['SVG', svg]]) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'cairn-save__picture'
    button.textContent = kind
    const which = document.createElement('span')
    which.className = 'nhsuk-u-visually-hidden'
    which.textContent = `, ${about.question}`
    button.append(which)
    button.addEventListener('click', async () => {
      hand(await make(about, prepared(), height), `${line.dataset.saves}.${kind.toLowerCase()}`)
    })
    csv.before(button, ' ')
  }
}

function describe(figure) {
  const text = (selector) => figure.querySelector(`:scope > ${selector}`)?.textContent.trim().replace(/\s+/g, ' ') ?? ''
  const all = (selector) => [...figure.querySelectorAll(`:scope > ${selector}`)].map((part) => part.textContent.trim().replace(/\s+/g, ' '))
  return {
    question: text('figcaption'),
    answer: text('.cairn-figure__says'),
    notes: [...all('.cairn-figure__note'), ...all('details .cairn-figure__missing')],
    source: all('.cairn-source > li')
  }
}

// laid is the picture's text, each line with where its foot stands, and where
// the drawing goes.
function laid(about, height) {
  const lines = []
  let y = margin
  const write = (text, { size, weight = 'normal', colour = ink, after = 0 }) => {
    for (const line of wrapped(text, `${weight} ${size}px ${font}`)) {
      y += size * 1.35
      lines.push({ text: line, y: y - size * 0.3, size, weight, colour })
    }
    y += after
  }
  write(about.question, { size: 24, weight: 'bold', after: 8 })
  write(about.answer, { size: 17, after: 16 })
  const top = y
  y += height + 16
  for (const note of about.notes) {
    write(note, { size: 13, colour: quiet, after: 4 })
  }
  y += 8
  for (const from of about.source) {
    write(from, { size: 12, colour: quiet })
  }
  return { lines, top, height: Math.ceil(y + margin) }
}

// wrapped breaks text at spaces, and inside a word that fills more than a line.
function wrapped(text, as) {
  const pen = document.createElement('canvas').getContext('2d')
  pen.font = as
  const fits = (line) => pen.measureText(line).width <= inner
  const lines = []
  let line = ''
  for (let word of text.split(' ')) {
    if (line && !fits(`${line} ${word}`)) {
      lines.push(line)
      line = ''
    }
    while (!fits(word)) {
      let end = word.length - 1
      while (end > 1 && !fits(word.slice(0, end))) {
        end--
      }
      lines.push(word.slice(0, end))
      word = word.slice(end)
    }
    line = line ? `${line} ${word}` : word
  }
  return line ? [...lines, line] : lines
}

async function svg(about, option, height) {
  const chart = init(null, 'cairn', { renderer: 'svg', ssr: true, width: inner, height })
  chart.setOption(option)
  const drawing = chart.renderToSVGString().replace('<svg', `<svg x="${margin}" y="${laid(about, height).top}"`)
  chart.dispose()
  const page = laid(about, height)
  const text = page.lines.map(({ text: said, y, size, weight, colour }) =>
    `<text x="${margin}" y="${y}" font-family="${font}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(said)}</text>`)
  return new Blob([
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${page.height}" viewBox="0 0 ${width} ${page.height}" role="img">`,
    `<title>${escaped(about.question)}</title><desc>${escaped(about.answer)}</desc>`,
    `<rect width="100%" height="100%" fill="#fff"/>${text.join('')}${drawing}</svg>`
  ], { type: 'image/svg+xml' })
}

async function png(about, option, height) {
  const page = laid(about, height)
  const canvas = document.createElement('canvas')
  canvas.width = width * sharpness
  canvas.height = page.height * sharpness
  const pen = canvas.getContext('2d')
  pen.scale(sharpness, sharpness)
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, page.height)
  for (const { text, y, size, weight, colour } of page.lines) {
    pen.font = `${weight} ${size}px ${font}`
    pen.fillStyle = colour
    pen.fillText(text, margin, y)
  }
  const chart = init(document.createElement('div'), 'cairn', { renderer: 'canvas', width: inner, height, devicePixelRatio: sharpness })
  chart.setOption(option)
  pen.drawImage(chart.renderToCanvas({ pixelRatio: sharpness, backgroundColor: '#fff' }), margin, page.top, inner, height)
  chart.dispose()
  return new Promise((done) => canvas.toBlob(done, 'image/png'))
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark])
}

// hand gives a file to the reader.
function hand(blob, name) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
