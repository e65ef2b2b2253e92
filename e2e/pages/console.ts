import { expect, type Page } from '@playwright/test'

/** Opens an invoice in the console by its number, the way staff find one. */
export async function openInvoice(page: Page, number: string): Promise<void> {
  await page.goto(`/console/find?q=${number}`)
  await page.getByRole('main').getByRole('link', { name: number }).click()
  await page.getByRole('heading', { name: `Invoice ${number}` }).waitFor()
}

/** Opens the newest payment of an invoice. */
export async function openPaymentOf(page: Page, number: string): Promise<void> {
  await page.goto('/console/payments')
  await page.getByRole('row').filter({ hasText: number }).getByRole('link').first().click()
  await page.getByRole('heading', { name: /^Payment of/ }).waitFor()
}

/**
 * Has the systems compared until the page shows what it should: news may be on its way while one of them is asked, and a
 * comparison of before counts for nothing.
 */
export async function compareUntil(page: Page, shows: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto('/console/tie-out')
    await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: 'Compare now' }).click(),
    ])
    await page.reload()
    await shows()
  }).toPass({ timeout: 120_000, intervals: [500, 1_000, 3_000] })
}

/** The amount in a text such as `$4,913.14`, in cents. */
export function centsIn(text: string): number {
  const [, sign = '', digits = ''] = /([−-]?)\$?([\d,]+\.\d{2})/.exec(text) ?? []
  if (digits === '') throw new Error(`No amount in “${text}”`)
  const cents = Number(digits.replaceAll(/\D/g, ''))
  return sign === '' ? cents : -cents
}
