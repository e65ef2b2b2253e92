import { Frame } from './frame.js'

/**
 * Opens one of our pages over the whole of this one and waits until it says it is done. A native modal dialog makes the
 * page behind it inert and gives the focus back afterwards. Escape is passed on: what it means is the frame's to say.
 */
export function openDialog(path, setup) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog')
    const frame = new Frame(path, {
      title: 'Secure payment dialog',
      setup: () => setup,
      listen: (event, payload) => {
        if (event === 'title') dialog.setAttribute('aria-label', payload)
        if (event !== 'done') return
        dialog.close()
        frame.close()
        dialog.remove()
        resolve(payload)
      },
    })
    const whole = { width: '100%', height: '100%', maxWidth: 'none', maxHeight: 'none', margin: '0', padding: '0' }
    Object.assign(dialog.style, whole, { border: '0', background: 'transparent', overflow: 'hidden' })
    Object.assign(frame.iframe.style, { width: '100%', height: '100%' })
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      void frame.tell('cancel')
    })
    dialog.append(frame.iframe)
    document.body.append(dialog)
    dialog.showModal()
    frame.iframe.focus()
  })
}
