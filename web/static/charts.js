// Draws the figures of a page.
//
// A figure is <figure class="cairn-figure"> with an ECharts option, as JSON, in
// <script type="application/json" data-chart> and an empty
// <div class="cairn-chart"> to draw it in. Its sentence and its table stand
// without this script, and stay when drawing fails.
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent
} from 'echarts/components'
import { init, registerTheme, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

import { nameMarks } from './marks.js'
import { theme } from './theme.js'

use([
  AriaComponent,
  BarChart,
  CustomChart,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  SVGRenderer,
  ScatterChart,
  TooltipComponent
])
registerTheme('cairn', theme)

// Wide enough to read and narrow enough for an A4 page between its margins.
const printedWidth = 640 // CSS pixels

for (const figure of document.querySelectorAll('figure.cairn-figure')) {
  const place = figure.querySelector('.cairn-chart')
  const data = figure.querySelector('script[data-chart]')
  if (!place || !data) {
    continue
  }
  try {
    draw(place, JSON.parse(data.textContent), sentenceOf(figure))
  } catch (error) {
    // One bad figure must not take the others with it; its table remains.
    place.hidden = true
    console.error('figure not drawn:', error)
  }
}

// sentenceOf is the figure's text alternative: its answer, else its question.
function sentenceOf(figure) {
  const said = figure.querySelector('.cairn-figure__says') ?? figure.querySelector('figcaption')
  return said?.textContent.trim().replace(/\s+/g, ' ') ?? ''
}

function draw(place, option, sentence) {
  const chart = init(place, 'cairn', { renderer: 'svg' })
  const base = option.baseOption ?? option
  delete base.color // go-echarts always writes its own palette; ours has the contrast
  base.animation = false
  base.aria = { enabled: true, ...base.aria, label: { enabled: true, description: sentence, ...base.aria?.label } }
  // ECharts' HTML tooltip writes style attributes, which our pages refuse.
  base.tooltip = { ...base.tooltip, renderMode: 'richText', confine: true }
  if (base.legend && base.legend.show !== false) {
    base.grid = { top: 60, ...base.grid }
  }
  nameMarks(base)
  chart.setOption(option)

  new ResizeObserver(() => chart.resize()).observe(place)
  window.addEventListener('beforeprint', () => chart.resize({ width: printedWidth }))
  window.addEventListener('afterprint', () => chart.resize({ width: 'auto' }))
}
