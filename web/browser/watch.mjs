// Notices what a person would not: errors in the console, breaches of the
// content policy, requests that leave this machine, assets that are missing.

// watch returns a list that fills with sentences while the context is used.
export function watch(context, url) {
  const seen = []
  const home = new URL(url).host

  context.on('console', (message) => {
    // A refused form and a missing page come as 4xx, and the console repeats
    // each; what is wrong among them is told by the response below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      seen.push(`console: ${message.text()} (${message.page()?.url() ?? 'no page'})`)
    }
  })
  context.on('weberror', (error) => seen.push(`uncaught: ${error.error().stack ?? error.error()}`))
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (!['data:', 'blob:', 'about:'].includes(protocol) && host !== home) {
      seen.push(`left the machine: ${request.method()} ${request.url()}`)
    }
  })
  context.on('requestfailed', (request) => {
    // A navigation that replaces another aborts it; that is no fault.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      seen.push(`failed: ${request.url()}: ${request.failure()?.errorText}`)
    }
  })
  context.on('response', (response) => {
    const status = response.status()
    const page = response.request().isNavigationRequest()
    if (status >= 500 || (status >= 400 && !page)) {
      seen.push(`status ${status}: ${response.request().method()} ${response.url()}`)
    }
  })
  return seen
}
