/** Puts the focus on the first field that is marked wrong, once the page has marked it; else on `otherwise`. */
export function focusFirst(otherwise: string): void {
  requestAnimationFrame(() => {
    const wrong = document.querySelector<HTMLElement>('[aria-invalid="true"]')
    const field = wrong ?? document.getElementById(otherwise)
    field?.focus()
  })
}
