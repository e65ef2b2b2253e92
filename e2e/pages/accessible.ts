import AxeBuilder from '@axe-core/playwright'
import { expect, type Frame, type Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** axe finds nothing against WCAG 2.2 AA, in the frames of the page too. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await expectNoViolation((await axeOn(page)).withTags(tags), where)
}

/** The same for what another theme can change: contrasts. */
export async function expectContrasts(page: Page, where: string): Promise<void> {
  await expectNoViolation((await axeOn(page)).withRules(['color-contrast', 'link-in-text-block']), where)
}

/**
 * To look into frames of another origin it opens a window of its own; without frames it need not, and the script it left
 * in the page at the first look serves the next. It describes what is wrong and nothing else: a description of all that is
 * right takes longer than the looking.
 */
async function axeOn(page: Page): Promise<AxeBuilder> {
  const isAlone = page.frames().length === 1
  const isThere = isAlone && (await page.evaluate(() => 'axe' in window))
  await page.evaluate(markRepeated, repeated)
  return new AxeBuilder({ page, ...(isThere ? { axeSource: 'void 0' } : {}) })
    .setLegacyMode(isAlone)
    .options({ resultTypes: ['violations'] })
    .exclude(`[${repeated}]`)
}

const repeated = 'data-drawn-before'

/**
 * Marks each row that is drawn like one before it in its table or list: the same elements with the same classes, states and
 * roles, a name where that one has a name. Fifty of them say no more than the first, and take axe fifty times as long.
 */
function markRepeated(mark: string): void {
  const says = new Set(['href', 'id', 'for', 'value', 'title', 'src', 'datetime', 'aria-label'])
  const shapeOf = (element: Element): string => {
    const attributes = [...element.attributes]
      .filter(({ name }) => name !== mark)
      .map(({ name, value }) => (says.has(name) ? `${name}:${value !== ''}` : `${name}=${value}`))
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim())
    return `${element.tagName}(${attributes.sort().join(' ')}${hasText ? ' text' : ''})`
  }
  for (const list of document.querySelectorAll('tbody, ul, ol')) {
    const seen = new Set<string>()
    for (const row of list.children) {
      const shape = [row, ...row.querySelectorAll('*')].map(shapeOf).join()
      row.toggleAttribute(mark, seen.has(shape))
      seen.add(shape)
    }
  }
}

async function expectNoViolation(axe: AxeBuilder, where: string): Promise<void> {
  const { violations } = await axe.analyze()
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  expect.soft(told, where).toEqual([])
}

export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(over, `${where} scrolls sideways`).toBeLessThanOrEqual(0)
}

/**
 * Whatever can be pressed is at least 24 px wide and high, with its label (WCAG 2.2, 2.5.8). Links within a sentence are as
 * high as its line.
 */
export async function expectTargets(place: Page | Frame, where: string): Promise<void> {
  const small = await place.evaluate((sizeMin) => {
    const isInSentence = (element: Element) =>
      element.matches('a') &&
      getComputedStyle(element).display === 'inline' &&
      element.parentElement?.textContent.trim() !== element.textContent.trim()
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
      .filter((element) => element.checkVisibility() && !isInSentence(element))
      .flatMap((element) => {
        const labels = 'labels' in element ? [...((element.labels as NodeListOf<Element> | null) ?? [])] : []
        const boxes = [element, ...labels].map((one) => one.getBoundingClientRect())
        const [width, height] = [
          Math.max(...boxes.map((box) => box.width)),
          Math.max(...boxes.map((box) => box.height)),
        ]
        return width >= sizeMin && height >= sizeMin
          ? []
          : [`${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.slice(0, 120)}`]
      })
  }, 24)
  expect.soft(small, `${where}: targets under 24 px`).toEqual([])
}

/** One main part with the one first heading in it, in a document that names its language. */
export async function expectLandmarks(page: Page, where: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  const language = new URL(page.url()).searchParams.get('lang') === 'fr' ? 'fr-CA' : 'en-US'
  await expect.soft(page.locator('html'), where).toHaveAttribute('lang', language)
  await expect.soft(page.getByRole('main'), where).toHaveCount(1)
  await expect.soft(page.getByRole('main').getByRole('heading', { level: 1 }), where).toHaveCount(1)
  await expect.soft(page.getByRole('heading', { level: 1 }), where).toHaveCount(1)
}

/** A picture of a page: it is all there, and nothing of it can be reached or is read out. */
export async function expectInert(page: Page, where: string): Promise<void> {
  await expect.soft(page.locator('[inert] main, main[inert]'), where).toHaveCount(1)
  await page.keyboard.press('Tab')
  expect.soft(await page.evaluate(() => document.activeElement?.tagName), where).toBe('BODY')
}
