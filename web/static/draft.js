// What was typed and is not saved yet stays in this browser tab, so that an ended
// session, a lost network or a reload costs nothing. A draft belongs to one form
// and one account; it goes when the form is saved, when its owner says so, when
// somebody else signs in, when they sign out, and with the tab.

const prefix = 'cairn-draft:'
const sentKey = 'cairn-sent'

export function startDrafts() {
  const store = storage()
  if (!store) {
    return
  }
  if (document.querySelector('[data-saved]')) {
    store.removeItem(prefix + store.getItem(sentKey))
    store.removeItem(sentKey)
  }
  for (const form of document.querySelectorAll('form[data-draft]')) {
    keep(store, form)
  }
  wayBack(store)
  for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
    form.addEventListener('submit', (event) => leave(store, event))
  }
}

function keep(store, form) {
  const key = prefix + form.dataset.draftOf
  const owner = form.dataset.draft
  const kept = read(store, key)
  if (kept && kept.owner !== owner) {
    store.removeItem(key)
  } else if (kept && !document.querySelector('.nhsuk-error-summary')) {
    restore(form, kept.fields)
    notice(form, () => { store.removeItem(key); location.reload() })
  }
  form.addEventListener('input', () => {
    const fields = [...new FormData(form)].filter(([name]) => !hidden(form, name))
    store.setItem(key, JSON.stringify({ owner, fields }))
  })
  form.addEventListener('submit', () => store.setItem(sentKey, form.dataset.draftOf))
}

function hidden(form, name) {
  return form.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`) !== null
}

function restore(form, fields) {
  for (const box of form.querySelectorAll('input[type=radio], input[type=checkbox]')) {
    box.checked = false
  }
  for (const [name, value] of fields) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === 'radio' || control.type === 'checkbox') {
        control.checked = control.checked || control.value === value
      } else if (control.type !== 'hidden') {
        control.value = value
      }
    }
  }
}

function notice(form, clear) {
  const box = document.createElement('div')
  box.className = 'nhsuk-inset-text'
  box.setAttribute('role', 'status')
  const text = document.createElement('p')
  text.textContent = 'What you typed before is back. It is not saved yet.'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'nhsuk-button nhsuk-button--secondary nhsuk-button--small'
  button.textContent = 'Clear it and start again'
  button.addEventListener('click', clear)
  box.append(text, button)
  form.before(box)
}

// wayBack leads from “sign in first” to the form that was being sent.
function wayBack(store) {
  const link = document.querySelector('[data-way-back]')
  const to = store.getItem(sentKey)
  if (link && to && store.getItem(prefix + to)) {
    link.href = `/sign-in?next=${encodeURIComponent(to)}`
    document.querySelector('[data-kept]').hidden = false
    document.querySelector('[data-not-kept]').hidden = true
  }
}

// leave asks before signing out with something unsaved, and leaves nothing behind.
function leave(store, event) {
  const drafts = Object.keys(store).filter((key) => key.startsWith(prefix))
  if (drafts.length > 0 && !window.confirm('Something you typed is not saved. Sign out and delete it?')) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  for (const key of drafts) {
    store.removeItem(key)
  }
  store.removeItem(sentKey)
}

function read(store, key) {
  try {
    return JSON.parse(store.getItem(key))
  } catch {
    return undefined
  }
}

// storage is undefined where the browser forbids it.
function storage() {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}
