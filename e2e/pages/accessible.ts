import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** axe finds nothing against WCAG 2.2 AA, in the frames of the page too. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await expectNoViolation(axeOn(page).withTags(tags), where)
}

/** The same for what another theme can change: contrasts. */
export async function expectContrasts(page: Page, where: string): Promise<void> {
  await expectNoViolation(axeOn(page).withRules(['color-contrast', 'link-in-text-block']), where)
}

/**
 * To look into frames of another origin it opens a window of its own; without frames it need not. It describes what is
 * wrong and nothing else: a description of all that is right takes longer than the looking.
 */
function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1).options({ resultTypes: ['violations'] })
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

/** One main part with the one first heading in it, in a document that names its language. */
export async function expectLandmarks(page: Page, where: string): Promise<void> {
  const language = new URL(page.url()).searchParams.get('lang') === 'fr' ? 'fr-CA' : 'en-US'
  await expect.soft(page.locator('html'), where).toHaveAttribute('lang', language)
  await expect.soft(page.getByRole('main'), where).toHaveCount(1)
  await expect.soft(page.getByRole('main').getByRole('heading', { level: 1 }), where).toHaveCount(1)
  await expect.soft(page.getByRole('heading', { level: 1 }), where).toHaveCount(1)
}
