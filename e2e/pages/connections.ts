import { expect, type Page } from './test.ts'

export const connections = '/console/connections'

/** Presses "Disconnect", and the button of the question that follows. */
export async function disconnect(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Disconnect ${name}` })
  await expect(dialog.getByRole('button', { name: 'Keep it connected' })).toBeFocused()
  await dialog.getByRole('button', { name: `Disconnect ${name}` }).click()
  await page.waitForURL('**/console/connections')
}
