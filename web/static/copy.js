// A button that copies the text of a box: <button data-copies="ID" hidden>, and
// <p role="status" data-copied="ID"> to say so. Without this script the box is
// there to select and copy by hand.
for (const button of document.querySelectorAll('button[data-copies]')) {
  const box = document.getElementById(button.dataset.copies)
  const said = document.querySelector(`[data-copied="${button.dataset.copies}"]`)
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(box.value)
      said.textContent = 'Copied.'
    } catch {
      // No leave to write to the clipboard, or an address that is not secure.
      box.focus()
      box.select()
      said.textContent = 'Selected: copy it with your keyboard or by holding your finger on it.'
    }
  })
}
