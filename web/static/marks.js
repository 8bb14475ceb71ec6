// Marks that ECharts does not have, by the name a figure's option calls them:
//
//   { "type": "custom", "renderItem": "interval", "data": [[0, 6.1, 5.7, 6.5]] }
//
// An option is data and never carries code; a name that is not here is an error.

const marks = new Map([['interval', interval]])

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

function listOf(value) {
  return value === undefined ? [] : [].concat(value)
}
