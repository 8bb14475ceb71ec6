// Marks of figures, as shapes: what a picture draws where its axis ends.
import assert from 'node:assert/strict'
import test from 'node:test'
import { nameMarks } from '../static/marks.js'

const picture = { x: 100, width: 400 }

// shapes are what a forest's mark draws of [row, value, low, high], where a point of
// score is a pixel of the page.
function shapes(name, values) {
  const series = { type: 'custom', renderItem: name }
  nameMarks({ series: [series], yAxis: [{ type: 'category' }] })
  const api = { value: (i) => values[i], coord: ([x]) => [x, 50], visual: () => '#000' }
  return series.renderItem({ coordSys: picture }, api).children
}

// heads are the arrows: triangles whose point lies on an end of the picture.
function heads(name, values) {
  const ends = [picture.x, picture.x + picture.width]
  return shapes(name, values)
    .filter(({ type, shape }) => type === 'polygon' && shape.points.length === 3 && ends.includes(shape.points[0][0]))
    .map(({ shape }) => shape.points[0][0])
}

test('what reaches past a forest ends in an arrow there, whatever its mark', () => {
  for (const name of ['square', 'diamond', 'openbar']) {
    assert.deepEqual(heads(name, [0, 300, 50, 600, 0.5]), [100, 500], `${name}, cut at both ends`)
    assert.deepEqual(heads(name, [0, 300, 250, 600, 0.5]), [500], `${name}, cut at the right`)
    assert.deepEqual(heads(name, [0, 300, 250, 350, 0.5]), [], `${name}, whole`)
  }
})
