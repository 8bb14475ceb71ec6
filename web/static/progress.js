// Says how far something is that takes a while. <form data-shows-progress="ID">
// shows <div id="ID" data-progress="ADDRESS" hidden> when it is sent, and
// <div data-progress="ADDRESS" data-progress-now> shows at once. What it says is
// what the page at that address says of itself, asked for every second or two.

const pause = 1500 // milliseconds

export function startProgress() {
  for (const form of document.querySelectorAll('form[data-shows-progress]')) {
    form.addEventListener('submit', () => show(document.getElementById(form.dataset.showsProgress)))
  }
  for (const place of document.querySelectorAll('[data-progress-now]')) {
    follow(place)
  }
}

function show(place) {
  place.hidden = false
  document.querySelector('[data-progress-hint]')?.setAttribute('hidden', '')
  follow(place)
}

async function follow(place) {
  for (;;) {
    await new Promise((done) => { setTimeout(done, pause) })
    try {
      const answer = await fetch(place.dataset.progress)
      if (answer.redirected && 'progressNow' in place.dataset) {
        window.location.assign(answer.url)
        return
      }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const says = page.querySelector('[data-progress-says]')
      if (says) {
        place.querySelector('[data-progress-says]').textContent = says.textContent.trim()
      }
    } catch {
      return // the connection is gone; the page still says what it is about
    }
  }
}
