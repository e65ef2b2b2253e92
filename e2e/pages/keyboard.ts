import { expect, type Frame, type Page } from '@playwright/test'
import type { PayPage } from './pay-page.ts'

const pressesMax = 25

/** Presses Tab until a control has the focus that answers to this; wherever it stops on the way, that is to be seen. */
export async function tabTo(page: Page, frame: Frame, wanted: { type?: string; text?: RegExp }): Promise<void> {
  for (let presses = 0; presses < pressesMax; presses += 1) {
    await page.keyboard.press('Tab')
    const { type, text, faults } = await focusIn(frame)
    expect.soft(faults, `the focus on “${text || type}”`).toEqual([])
    if (wanted.type === type || wanted.text?.test(text)) return
  }
  throw new Error(`${pressesMax} presses of Tab reach no ${wanted.type ?? wanted.text}`)
}

/** What has the focus, and why it could not be seen: it must have an outline, for shadows are gone in forced colors. */
function focusIn(frame: Frame): Promise<{ type: string; text: string; faults: string[] }> {
  return frame.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return { type: '', text: '', faults: [] }
    const [type, text] = [element.getAttribute('type') ?? '', element.textContent.trim()]
    // Stripe's own frame, which shows its own.
    if (element instanceof HTMLIFrameElement) return { type: 'frame', text: '', faults: [] }
    const label = element instanceof HTMLInputElement ? (element.labels?.[0] ?? null) : null
    const isRinged = [element, element.parentElement, label].some((one) =>
      [undefined, '::after'].some((part) => {
        if (one === null) return false
        const { outlineStyle, outlineWidth } = getComputedStyle(one, part)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      }),
    )
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const isInView = right > 0 && left < innerWidth && bottom > 0 && top < innerHeight
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const isCovered = isInView && over !== null && !element.contains(over) && !over.contains(element)
    const faults = [
      ...(isRinged ? [] : ['it has no outline']),
      ...(isInView ? [] : ['it is outside the window']),
      ...(isCovered ? [`${over.outerHTML.slice(0, 80)} covers it`] : []),
    ]
    return { type, text, faults }
  })
}

/** Pays by card with nothing but keys, from wherever the focus is before the form. */
export async function payByKeyboard(page: Page, frame: Frame, pay: PayPage): Promise<void> {
  const { keyboard } = page
  await pay.fields.getByLabel('Find your bank').waitFor()
  await tabTo(page, frame, { type: 'radio' })
  await keyboard.press('ArrowDown')
  await pay.fields.getByLabel('Card number').waitFor()
  await keyboard.press('Tab')
  for (const typed of ['4242424242424242', '1234', '123']) {
    await keyboard.type(typed)
    await keyboard.press('Tab')
  }
  await expect(pay.fields.getByLabel('Country')).toBeFocused()
  await keyboard.press('Tab')
  await keyboard.type('14604')
  await tabTo(page, frame, { text: /^Pay \$[\d,.]+ by card$/ })
  await keyboard.press('Enter')
}
