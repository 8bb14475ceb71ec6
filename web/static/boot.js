// Says on <body> that scripts run and modules are understood. nhsuk-frontend's
// styles and components wait for these two classes. First in <body>, and
// outside the page, because our pages carry no inline script.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('nhsuk-frontend-supported')
}
