'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { consolePages } from './pages'

const destinations = new Map(consolePages.flatMap(({ pages }) => pages.map(({ key, href }) => [key, href] as const)))

/**
 * The console's single keys: J and K move through the rows, Enter opens, / filters, G and a letter goes to a page,
 * Ctrl+K finds, ? shows the list. They are off while typing, and nothing that moves money runs from one.
 */
export function ShellKeys() {
  const router = useRouter()
  const path = usePathname()

  // A menu that led here has done its work.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the address changes, not when a value does
  useEffect(() => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) menu.open = false
  }, [path])

  // Letters can be dictated by accident: they can be switched off (WCAG 2.1.4).
  useEffect(() => {
    const box = document.querySelector<HTMLInputElement>('#single-keys')
    const opener = document.querySelector('[data-open-keys]')
    if (box === null) return
    box.checked = localStorage.getItem(switchedOff) === null
    const onChange = () =>
      box.checked ? localStorage.removeItem(switchedOff) : localStorage.setItem(switchedOff, 'yes')
    box.addEventListener('change', onChange)
    opener?.addEventListener('click', openKeys)
    return () => {
      box.removeEventListener('change', onChange)
      opener?.removeEventListener('click', openKeys)
    }
  }, [])

  useEffect(() => {
    // While it stands, the next key names a page. Each "g" has a time of its own: an earlier one's must not end a later one.
    let goes: ReturnType<typeof setTimeout> | undefined
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        focusFirst('[data-find]')
        return
      }
      if (event.key === 'Escape') {
        closeMenus()
        if (isTyping(event.target)) (event.target as HTMLElement).blur()
        return
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      if (localStorage.getItem(switchedOff) !== null) return
      if (document.querySelector('dialog[open]') !== null) return
      const key = event.key.toLowerCase()
      if (goes !== undefined) {
        clearTimeout(goes)
        goes = undefined
        const href = destinations.get(key)
        if (href !== undefined) router.push(href)
        return
      }
      switch (key) {
        case 'g':
          goes = setTimeout(() => {
            goes = undefined
          }, 1_500)
          break
        case 'j':
          step(1)
          break
        case 'k':
          step(-1)
          break
        case 'x':
          toggleRow()
          break
        case '/':
          if (focusFirst('[data-filter]')) event.preventDefault()
          break
        case '?':
          openKeys()
          break
      }
    }
    document.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(goes)
      document.removeEventListener('keydown', onKey)
    }
  }, [router])

  return null
}

const switchedOff = 'closeloop.single-keys-off'

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isText = target instanceof HTMLInputElement && !['checkbox', 'radio', 'submit'].includes(target.type)
  return isText || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

function openKeys(): void {
  document.querySelector<HTMLDialogElement>('dialog#keys')?.showModal()
}

/** Focus is the cursor: Enter then opens the row by itself, as on any link. */
function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row-link]')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

function toggleRow(): void {
  document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
}

function focusFirst(selector: string): boolean {
  const visible = [...document.querySelectorAll<HTMLElement>(selector)].find((one) => one.offsetParent !== null)
  visible?.focus()
  return visible !== undefined
}

function closeMenus(): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    menu.open = false
    menu.querySelector('summary')?.focus()
  }
}
