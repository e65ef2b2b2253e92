import type { Page } from '@playwright/test'

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

/** The amount in a text such as `$4,913.14`, in cents. */
export function centsIn(text: string): number {
  const [, sign = '', digits = ''] = /([−-]?)\$?([\d,]+\.\d{2})/.exec(text) ?? []
  if (digits === '') throw new Error(`No amount in “${text}”`)
  const cents = Number(digits.replaceAll(/\D/g, ''))
  return sign === '' ? cents : -cents
}
