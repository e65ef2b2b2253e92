import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bench, type OpenPage, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 30_000)
afterAll(() => bench.close())
beforeEach(() => bench.reset())
afterEach(() => expect(bench.complaints).toEqual([]))

const elements = { mode: 'payment', amount: 491314, currency: 'usd' } as const

test('appearance reaches every field: variables, rules and theme, and can change while the form is open', async () => {
  const appearance = {
    variables: { colorPrimary: '#0e5a4a', borderRadius: '10px', fontSizeBase: '15px' },
    rules: { '.Input': { borderColor: 'rgb(123, 133, 147)' }, '.Input:focus': { outlineColor: 'var(--colorPrimary)' } },
  }
  const { page, form } = await bench.open({ elements: { ...elements, appearance } })
  const styleOf = (label: string) =>
    form.getByLabel(label).evaluate((field) => {
      const { borderRadius, borderColor, fontSize, backgroundColor } = getComputedStyle(field)
      return { borderRadius, borderColor, fontSize, backgroundColor }
    })
  expect(await styleOf('Card number')).toEqual({
    borderRadius: '10px',
    borderColor: 'rgb(123, 133, 147)',
    fontSize: '15px',
    backgroundColor: 'rgb(255, 255, 255)',
  })
  const tabColor = () => form.getByRole('tab', { name: 'Card' }).evaluate((tab) => getComputedStyle(tab).color)
  expect(await tabColor()).toBe('rgb(14, 90, 74)')
  await page.evaluate(() => window.reach.elements.update({ appearance: { theme: 'night' } }))
  await expect.poll(async () => (await styleOf('Card number')).backgroundColor).toBe('rgb(48, 49, 61)')
  expect(await page.locator('iframe').evaluate((frame) => frame.style.colorScheme)).toBe('dark')
})

test("the host page's own variables do not reach into the frame, and the console says so", async () => {
  const warnings: string[] = []
  const appearance = { variables: { colorPrimary: 'var(--brand)' }, rules: { 'body > *': { color: 'red' } } }
  const { page, form } = await bench.open({ elements })
  page.on('console', (message) => warnings.push(message.text()))
  await form.getByLabel('Card number').waitFor()
  await page.evaluate((given) => window.reach.elements.update({ appearance: given }), appearance)
  await expect
    .poll(() => warnings)
    .toContainEqual(expect.stringContaining('cannot use variables.colorPrimary, rules["body > *"]'))
  expect(await form.getByRole('tab', { name: 'Card' }).evaluate((tab) => getComputedStyle(tab).color)).toBe(
    'rgb(5, 112, 222)',
  )
})

test('fr-CA is French throughout, its refusals too', async () => {
  const { page, form, outcome } = await bench.open({ elements, locale: 'fr-CA' })
  await form.getByRole('tab', { name: 'Compte bancaire américain' }).waitFor()
  await page.getByRole('button', { name: 'Pay' }).click()
  expect(await outcome()).toMatchObject({ error: { message: 'Le numéro de votre carte est incomplet.' } })
  expect(await form.getByLabel('Pays').inputValue()).toBe('CA')
})

const refused: [string, object, RegExp][] = [
  ['paymentMethodTypes', { ...elements, paymentMethodTypes: ['card'] }, /paymentMethodTypes is no longer supported/],
  ['mode without amount', { mode: 'payment', currency: 'usd' }, /amount should be a whole number/],
  ['mode and clientSecret', { ...elements, clientSecret: 'pi_1_secret_1' }, /either clientSecret or mode/],
  ['a forged secret', { clientSecret: 'nonsense' }, /clientSecret should be a client secret/],
  [
    'allowed and excluded',
    { ...elements, allowedPaymentMethodTypes: ['card'], excludedPaymentMethodTypes: ['card'] },
    /exclude each other/,
  ],
]
test.each(refused)('%s is an integration error', async (_, options, message) => {
  const { page } = await bench.open({ elements })
  await page.waitForFunction(() => window.reach !== undefined)
  const refusal = await page.evaluate((given) => {
    try {
      Reflect.apply(window.reach.stripe.elements, undefined, [given])
      return ''
    } catch (error) {
      return String(error)
    }
  }, options)
  expect(refusal).toMatch(/^IntegrationError: /)
  expect(refusal).toMatch(message)
})

test('a token before submit() is an integration error', async () => {
  const { page, form } = await bench.open({ elements })
  await form.getByLabel('Card number').waitFor()
  const refusal = await page.evaluate(() => {
    const { stripe, elements } = window.reach
    return stripe.createConfirmationToken({ elements }).catch(String)
  })
  expect(refusal).toBe('IntegrationError: elements.submit() must be called before stripe.createConfirmationToken().')
})

test('a frame answers only the page whose origin it was given', async () => {
  const { page, form } = await bench.open({ elements })
  await form.getByLabel('Card number').waitFor()
  const claimed = encodeURIComponent('https://bank.example')
  await page.evaluate(async (address) => {
    const frame = document.createElement('iframe')
    frame.src = address
    window.addEventListener('message', ({ source, data }) => {
      if (source === frame.contentWindow) window.reach.told.push({ event: 'overheard', payload: data })
    })
    document.body.append(frame)
    await new Promise((resolve) => frame.addEventListener('load', resolve))
    frame.contentWindow?.postMessage({ verb: 'submit', call: 1 }, new URL(address).origin)
  }, `${bench.url}/elements/payment.html#${claimed}`)
  const deceived = page.frames().find((frame) => frame.url().endsWith(claimed))
  await deceived?.evaluate(nextTask) // by now it has heard the question,
  await page.evaluate(nextTask) // and the page an answer
  expect(await page.evaluate(() => window.reach.told.filter(({ event }) => event === 'overheard'))).toEqual([])
  expect(deceived).toBeDefined()
  bench.complaints.length = 0 // the browser reports the message it did not deliver
})

function nextTask() {
  return new Promise((resolve) => setTimeout(resolve))
}

const states: [string, (opened: OpenPage) => Promise<void>][] = [
  ['the empty card form', async ({ form }) => form.getByLabel('Card number').waitFor()],
  [
    'the card form with its faults shown',
    async ({ page, form, outcome }) => {
      await form.getByLabel('Card number').waitFor()
      await page.getByRole('button', { name: 'Pay' }).click()
      await outcome()
    },
  ],
  ['the bank search', async ({ form }) => form.getByRole('tab', { name: 'US bank account' }).click()],
  [
    'the accounts of a bank',
    async ({ form }) => {
      await form.getByRole('tab', { name: 'US bank account' }).click()
      await form.getByRole('button', { name: 'Genesee Federal' }).click()
    },
  ],
  [
    'the challenge',
    async ({ page, form }) => {
      await form.getByLabel('Card number').waitFor()
      const asked = { payment_method: 'pm_card_authenticationRequired' }
      const token = await bench.merchant.testHelpers.confirmationTokens.create(asked)
      const payment = { amount: 491314, currency: 'usd', confirm: true, confirmation_token: token.id }
      const intent = await bench.merchant.paymentIntents.create({ ...payment, allowed_payment_method_types: ['card'] })
      await page.evaluate((clientSecret) => {
        window.outcome = window.reach.stripe.handleNextAction({ clientSecret })
      }, intent.client_secret ?? '')
      await page.getByRole('dialog').frameLocator('iframe').getByRole('heading').waitFor()
    },
  ],
]
test.each(states)('%s has no accessibility violation, frame included', async (_, reach) => {
  for (const theme of ['stripe', 'night'] as const) {
    const opened = await bench.open({ elements: { ...elements, appearance: { theme } } })
    await reach(opened)
    const { violations } = await new AxeBuilder({ page: opened.page }).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
    expect(found).toEqual([])
  }
})
