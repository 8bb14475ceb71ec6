// Draws the figures of a page.
//
// A figure is <figure class="cairn-figure"> with an ECharts option, as JSON, in
// <script type="application/json" data-chart> and an empty
// <div class="cairn-chart"> to draw it in, with data-lines where its height
// depends on how many lines it has, and data-printed where the style sheet says
// how large it is printed. Its sentence and its table stand without
// this script, and stay when drawing fails. What is folded away is drawn when it
// is unfolded: a report may hold hundreds of figures.
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
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'

import { nameMarks } from './marks.js'
import { offer } from './save.js'
import { theme } from './theme.js'

use([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  CustomChart,
  DatasetComponent,
  GridComponent,
  LabelLayout,
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

// What a picture with lines below each other needs: each line, and the axis.
const lineHeight = 26 // CSS pixels
const axisHeight = 76 // CSS pixels

const usualHeight = 360 // CSS pixels

drawIn(document)
document.addEventListener('toggle', ({ target }) => target.open && drawIn(target), true)

// drawIn draws every figure of part that is not folded away and not drawn yet.
function drawIn(part) {
  for (const figure of part.querySelectorAll('figure.cairn-figure:not([data-drawn])')) {
    if (figure.closest('details:not([open])')) {
      continue
    }
    figure.dataset.drawn = ''
    const place = figure.querySelector('.cairn-chart')
    const data = figure.querySelector('script[data-chart]')
    if (!place || !data) {
      continue
    }
    try {
      const prepared = () => ready(JSON.parse(data.textContent), sentenceOf(figure))
      draw(place, prepared())
      offer(figure, prepared, place.clientHeight || usualHeight)
    } catch (error) {
      // One bad figure must not take the others with it; its table remains.
      place.hidden = true
      console.error('figure not drawn:', error)
    }
  }
}

// sentenceOf is the figure's text alternative: its answer, else its question.
function sentenceOf(figure) {
  const said = figure.querySelector('.cairn-figure__says') ?? figure.querySelector('figcaption')
  return said?.textContent.trim().replace(/\s+/g, ' ') ?? ''
}

// ready is a figure's option with what every picture has.
function ready(option, sentence) {
  const base = option.baseOption ?? option
  delete base.color // go-echarts always writes its own palette; ours has the contrast
  base.animation = false
  base.aria = { enabled: true, ...base.aria, label: { enabled: true, description: sentence, ...base.aria?.label } }
  // ECharts' HTML tooltip writes style attributes, which our pages refuse.
  base.tooltip = { ...base.tooltip, renderMode: 'richText', confine: true }
  for (const series of base.series ?? []) {
    if (series.type === 'scatter') {
      series.labelLayout = { hideOverlap: true }
      series.label = { textBorderColor: '#fff', textBorderWidth: 3, ...series.label }
    }
  }
  nameMarks(base)
  return option
}

function draw(place, option) {
  if (place.dataset.lines) {
    place.style.height = `${place.dataset.lines * lineHeight + axisHeight}px`
  }
  const chart = init(place, 'cairn', { renderer: 'svg' })
  chart.setOption(option)

  new ResizeObserver(() => {
    chart.resize()
    scalable(place, chart)
  }).observe(place)
  if ('printed' in place.dataset) {
    return // the style sheet scales it
  }
  window.addEventListener('beforeprint', () => chart.resize({ width: printedWidth }))
  window.addEventListener('afterprint', () => chart.resize({ width: 'auto' }))
}

// scalable lets a style sheet print the picture at another size than it has on
// the screen.
function scalable(place, chart) {
  place.querySelector('svg')?.setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`)
}
