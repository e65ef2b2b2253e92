import { expect, type Page } from '@playwright/test'
import { asOwner } from './sessions.ts'

/** Lets Larkfield's clients pay in part, and more than they owe, as its owner would; the browser stays signed in as her. */
export async function allowPartPayments(page: Page): Promise<void> {
  await asOwner(page.context())
  await page.goto('/console/settings')
  await page.getByRole('checkbox', { name: 'Invoices may be paid in part' }).check()
  await page.getByRole('checkbox', { name: 'More than what is owed may be paid' }).check()
  await page.getByRole('button', { name: 'Save settings' }).click()
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible()
}
