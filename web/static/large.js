// A form that is too large to be sent says so at the field, and sends nothing.
// Without this the server answers with a page of its own.

const most = 1024 * 1024 // bytes, as the server takes

export function startLarge() {
  document.addEventListener('submit', refuse, { capture: true })
}

function refuse(event) {
  const form = event.target
  if (form.method !== 'post' || new URLSearchParams(new FormData(form)).toString().length <= most) {
    return
  }
  event.preventDefault()
  event.stopImmediatePropagation()
  const typed = [...form.elements].filter((e) => e.matches('textarea, input:not([type=hidden])'))
  say(typed.reduce((a, b) => (b.value.length > a.value.length ? b : a)))
}

function say(box) {
  const id = `${box.id}-large`
  if (!document.getElementById(id)) {
    const said = document.createElement('p')
    said.id = id
    said.className = 'nhsuk-error-message'
    said.setAttribute('role', 'alert')
    said.textContent = 'This text is too long to send. Shorten it and save again. Nothing was sent, and what you typed is still here.'
    box.closest('.nhsuk-form-group')?.classList.add('nhsuk-form-group--error')
    box.classList.add(box.matches('textarea') ? 'nhsuk-textarea--error' : 'nhsuk-input--error')
    box.setAttribute('aria-invalid', 'true')
    box.setAttribute('aria-describedby', `${box.getAttribute('aria-describedby') ?? ''} ${id}`.trim())
    box.before(said)
    box.addEventListener('input', () => forget(box, said), { once: true })
  }
  box.focus()
}

function forget(box, said) {
  said.remove()
  box.closest('.nhsuk-form-group')?.classList.remove('nhsuk-form-group--error')
  box.classList.remove('nhsuk-textarea--error', 'nhsuk-input--error')
  box.removeAttribute('aria-invalid')
}
