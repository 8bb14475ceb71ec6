// Accessibility rules, run inside the page under test.
import { createRequire } from 'node:module'

const { source } = createRequire(import.meta.url)('axe-core')

// WCAG 2.2 at levels A and AA includes every earlier version's rules.
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

// violations returns one line for each element that breaks a rule. The rules
// come in through the debugger, which the page's content policy does not bind,
// so the policy stays as strict as people get it. Only what is read here is
// worked out: to describe every element that passed takes longer than the rules.
export async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await load(page)
  }
  const { checked, broken } = await page.evaluate(async (values) => {
    const result = await window.axe.run(document, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
      elementRef: false
    })
    return {
      checked: result.passes.length,
      broken: result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.html}`))
    }
  }, tags)
  if (checked === 0) {
    throw new Error('axe checked nothing')
  }
  return broken
}

async function load(page) {
  const session = await page.context().newCDPSession(page)
  try {
    const loaded = await session.send('Runtime.evaluate', { expression: source })
    if (loaded.exceptionDetails) {
      throw new Error(`axe did not start: ${loaded.exceptionDetails.text}`)
    }
  } finally {
    await session.detach()
  }
}
