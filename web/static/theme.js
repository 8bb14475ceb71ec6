// How figures look unless their option says otherwise. Every text colour has a
// contrast of 4.5 or more on white, and neighbouring series differ in lightness
// as well as hue, so that they can be told apart without seeing colour.
const text = '#212b32'
const quiet = '#4c6272'
const rule = '#d8dde0'

const axis = {
  axisLine: { show: true, lineStyle: { color: quiet } },
  axisTick: { show: true, lineStyle: { color: quiet } },
  axisLabel: { color: text, fontSize: 14 },
  nameTextStyle: { color: text, fontSize: 14 },
  splitLine: { lineStyle: { color: rule } }
}

export const theme = {
  color: ['#005eb8', '#ed8b00', '#00401e', '#ae2573', '#768692'],
  textStyle: { color: text, fontFamily: 'Arial, sans-serif', fontSize: 14 },
  // Up to the edges: labels and names of axes are counted as part of the picture.
  grid: { left: 4, right: 20, top: 32, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
  legend: { left: 0, top: 0, bottom: 'auto', textStyle: { color: text, fontSize: 14 } },
  tooltip: { textStyle: { color: text, fontSize: 14 } },
  categoryAxis: axis,
  valueAxis: axis,
  timeAxis: axis
}
