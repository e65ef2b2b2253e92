/** Keeps the Tab key within `root`, around its ends. */
export function trapFocus(root) {
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return
    const stops = [...root.querySelectorAll('button, input, select, a[href]')].filter(
      (stop) => stop.tabIndex >= 0 && stop.checkVisibility() && (stop.type !== 'radio' || stop.checked),
    )
    const leaving = event.shiftKey ? stops[0] : stops.at(-1)
    if (document.activeElement !== leaving) return
    event.preventDefault()
    const entering = event.shiftKey ? stops.at(-1) : stops[0]
    entering?.focus()
  })
}
