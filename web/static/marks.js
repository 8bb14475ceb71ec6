// Marks that ECharts does not have, by the name a figure's option calls them:
//
//   { "type": "custom", "renderItem": "interval", "data": [[0, 6.1, 5.7, 6.5]] }
//
// An option is data and never carries code; a name that is not here is an error.

const marks = new Map([
  ['interval', interval],
  ['square', (series) => lying(series, square)],
  ['diamond', (series) => lying(series, diamond)],
  ['openbar', (series) => lying(series, openBar)],
  ['withheld', withheld]
])

// nameMarks replaces each custom series' name of a mark by the mark itself.
export function nameMarks(option) {
  for (const series of listOf(option.series)) {
    if (series.type !== 'custom') {
      continue
    }
    const mark = marks.get(series.renderItem)
    if (!mark) {
      throw new Error(`no mark is called "${series.renderItem}"`)
    }
    mark(series, listOf(option.yAxis).some((axis) => axis.type === 'category'))
  }
}

// interval draws an estimate with its 95% interval: a dot, and a line with caps
// from low to high. Each item is [position, value, low, high]: position is an
// index or name on the category axis, the rest are in the unit of the other
// axis. With the categories on the y axis it lies down. Without low and high
// only the dot is drawn: a value whose spread is not known.
function interval(series, lying) {
  series.encode = lying ? { y: 0, x: [1, 2, 3] } : { x: 0, y: [1, 2, 3] }
  series.renderItem = (_, api) => {
    const at = (points) => api.coord(lying ? [points, api.value(0)] : [api.value(0), points])
    const [value, low, high] = [api.value(1), api.value(2), api.value(3)]
    const colour = api.visual('color')
    const [x, y] = at(value)
    const dot = { type: 'circle', shape: { cx: x, cy: y, r: 5 }, style: { fill: colour } }
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      return dot
    }
    const ends = [at(low), at(high)]
    const line = (from, to) => ({
      type: 'line',
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: { stroke: colour, lineWidth: 2 }
    })
    const cap = ([cx, cy]) => (lying ? line([cx, cy - 7], [cx, cy + 7]) : line([cx - 7, cy], [cx + 7, cy]))
    return { type: 'group', children: [line(...ends), ...ends.map(cap), dot] }
  }
}

// withheld draws the place of a bar of two whose number is not shown: dashed and
// open, up to what the number lies below, with its name upright in it. Each item is
// [category, which of the two, top]; where the top is 0, only its name stands there.
function withheld(series) {
  const [stroke, fill] = ['#4c6272', '#212b32']
  series.encode = { x: 0, y: 2 }
  series.renderItem = ({ dataIndex }, api) => {
    const { offsetCenter, width } = api.barLayout({ count: 2 })[api.value(1)]
    const [centre, top] = api.coord([api.value(0), api.value(2)])
    const [x, foot] = [centre + offsetCenter, api.coord([api.value(0), 0])[1]]
    const box = { type: 'rect', shape: { x: x - width / 2, y: top, width, height: foot - top }, style: { stroke, lineDash: [4, 3], fill: 'none' } }
    const words = { text: series.data[dataIndex].name, fill, fontSize: 12, align: 'left', verticalAlign: 'middle' }
    return { type: 'group', children: [box, { type: 'text', x, y: foot - 5, rotation: Math.PI / 2, style: words }] }
  }
}

// The marks of a forest plot lie on a category axis that runs downwards. Each
// item is [row, value, low, high, size]; size, 0 to 1, is a square's alone. What
// reaches past the picture is cut there and ends in an arrow.
function lying(series, shape) {
  series.encode = { y: 0, x: [1, 2, 3] }
  series.renderItem = ({ coordSys }, api) => {
    const [left, right] = [coordSys.x, coordSys.x + coordSys.width]
    const place = (points) => api.coord([points, api.value(0)])[0]
    const y = api.coord([api.value(1), api.value(0)])[1]
    const known = Number.isFinite(api.value(2)) && Number.isFinite(api.value(3))
    const ends = known ? [place(api.value(2)), place(api.value(3))] : undefined
    const part = { x: place(api.value(1)), y, colour: api.visual('color'), size: api.value(4) || 0, left, right }
    if (ends) {
      part.from = Math.max(left, Math.min(right, ends[0]))
      part.to = Math.max(left, Math.min(right, ends[1]))
      part.cut = [ends[0] < left, ends[1] > right]
    }
    return { type: 'group', children: shape(part) }
  }
}

const half = 8 // of the height of the tallest mark, CSS pixels

function square({ x, y, colour, size, left, right, ...rest }) {
  const side = 4 + 10 * Math.sqrt(size)
  const box = { type: 'rect', shape: { x: x - side / 2, y: y - side / 2, width: side, height: side }, style: { fill: colour } }
  return [...whiskers({ y, colour, ...rest }), ...(x < left || x > right ? [] : [box])]
}

// The diamond's tips are the ends of its interval. Cut, it narrows to an arrow.
function diamond({ x, y, colour, from, to, cut }) {
  if (from === undefined) {
    return [{ type: 'polygon', shape: { points: [[x - half, y], [x, y - half], [x + half, y], [x, y + half]] }, style: { fill: colour } }]
  }
  const neck = half / 4
  const points = [
    ...(cut[0] ? [[from, y + neck], [from, y - neck]] : [[from, y]]),
    [x, y - half],
    ...(cut[1] ? [[to, y - neck], [to, y + neck]] : [[to, y]]),
    [x, y + half]
  ]
  return [{ type: 'polygon', shape: { points }, style: { fill: colour } }, ...arrows({ y, colour, from, to, cut })]
}

function openBar({ y, colour, from, to, cut }) {
  const [top, bottom] = [y - half / 2, y + half / 2]
  const line = (...points) => ({ type: 'polyline', shape: { points }, style: { stroke: colour, lineWidth: 1.5, fill: 'none' } })
  return [
    line([from, top], [to, top]),
    line([from, bottom], [to, bottom]),
    ...(cut[0] ? [] : [line([from, top], [from, bottom])]),
    ...(cut[1] ? [] : [line([to, top], [to, bottom])]),
    ...arrows({ y, colour, from, to, cut })
  ]
}

function whiskers({ y, colour, from, to, cut }) {
  if (from === undefined) {
    return []
  }
  const stroke = { stroke: colour, lineWidth: 2 }
  const cap = (x) => ({ type: 'line', shape: { x1: x, y1: y - 5, x2: x, y2: y + 5 }, style: stroke })
  return [
    { type: 'line', shape: { x1: from, y1: y, x2: to, y2: y }, style: stroke },
    ...(cut[0] ? [] : [cap(from)]),
    ...(cut[1] ? [] : [cap(to)]),
    ...arrows({ y, colour, from, to, cut })
  ]
}

function arrows({ y, colour, from, to, cut }) {
  const head = (x, back) => ({ type: 'polygon', shape: { points: [[x, y], [x + back, y - 6], [x + back, y + 6]] }, style: { fill: colour } })
  return [...(cut[0] ? [head(from, 9)] : []), ...(cut[1] ? [head(to, -9)] : [])]
}

function listOf(value) {
  return value === undefined ? [] : [].concat(value)
}
