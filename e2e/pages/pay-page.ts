import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'

/** The payment form, on the pay link's page, in the portal, and in the widget's frame. */
export class PayPage {
  readonly page: Page
  private readonly place: Page | FrameLocator

  /** @param place where on the page it is: a frame, or the page itself */
  constructor(page: Page, place: Page | FrameLocator = page) {
    this.page = page
    this.place = place
  }

  /** Stripe's fields of the way that is chosen. */
  get fields(): FrameLocator {
    return this.place.locator('iframe[title="Secure payment input frame"]').filter({ visible: true }).contentFrame()
  }

  get payButton(): Locator {
    return this.place.getByRole('button', { name: /^Pay \$[\d,.]+ (from bank|by card)$/ })
  }

  /** The one region that is read out. */
  get status(): Locator {
    return this.place.getByRole('status').first()
  }

  async open(link: string): Promise<void> {
    await this.page.goto(link)
  }

  async fillCard(number = '4242 4242 4242 4242'): Promise<void> {
    await this.choose(/^Card/)
    await this.fields.getByLabel('Card number').fill(number)
    await this.fields.getByLabel('Expiration date').fill('12/34')
    await this.fields.getByLabel('Security code').fill('123')
    await this.fields.getByLabel('ZIP code').fill('14604')
  }

  /** @param last4 which of the stand-in's accounts: 6789 pays, 2227 has no funds */
  async linkBank(last4 = '6789'): Promise<void> {
    await this.choose(/^Bank account/)
    await this.fields.getByLabel('Full name').fill('Dana Whitfield')
    await this.fields.getByLabel('Find your bank').fill('Genesee')
    // The frame grows and shrinks with what is in it: a key finds its button wherever it has moved to.
    await this.fields.getByRole('button', { name: 'Genesee Federal' }).press('Enter')
    await this.fields.getByRole('radio', { name: `•••• ${last4}` }).check()
    await this.fields.getByRole('button', { name: 'Link account' }).press('Enter')
    await expect(this.fields.getByText(`account ending ${last4} is linked`)).toBeAttached()
  }

  /** By hand: such an account is confirmed with small deposits first. */
  async typeBankNumbers(): Promise<void> {
    await this.choose(/^Bank account/)
    await this.fields.getByLabel('Full name').fill('Dana Whitfield')
    await this.fields.getByRole('button', { name: 'Enter routing and account number instead' }).press('Enter')
    await this.fields.getByLabel('Routing number').fill('110000000')
    await this.fields.getByLabel('Account number', { exact: true }).fill('000123456789')
    await this.fields.getByLabel('Confirm account number').fill('000123456789')
  }

  async pay(): Promise<void> {
    if (this.place === this.page) await this.payButton.click()
    else await this.payButton.press('Enter')
  }

  /** By key: while a frame changes its height, the browser may give a press in it to the page around. */
  private async choose(name: RegExp): Promise<void> {
    const way = this.place.getByRole('radio', { name })
    await way.press('Space')
    await expect(way).toBeChecked()
  }

  /** Pays by card and waits until it is said to be paid. */
  async payByCard(link: string): Promise<void> {
    await this.open(link)
    await this.fillCard()
    await this.pay()
    await expect(this.place.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  }

  /** Pays from a bank account and waits until it is said to be on its way. */
  async payFromBank(link: string, last4?: string): Promise<void> {
    await this.open(link)
    await this.linkBank(last4)
    await this.pay()
    await expect(this.place.getByRole('heading', { name: 'Your payment is on its way' })).toBeVisible()
  }

  /** The dialog of the payer's bank, over the page. */
  get challenge(): FrameLocator {
    return this.place.getByRole('dialog', { name: 'Authentication by your bank' }).locator('iframe').contentFrame()
  }
}
