import { openDialog } from './dialog.js'
import { confirmExisting, retrieve } from './intents.js'
import { IntegrationError } from './options.js'

/**
 * Confirms an intent by pre-authorized debit. The dialog collects the account, unless one is named, and always the
 * agreement to this debit; whoever closes it leaves the intent as it was, and that is no error.
 */
export async function confirmAcssDebit(client, kind, clientSecret, data = {}, { skipMandate = false } = {}) {
  const call = kind === 'payment_intent' ? 'confirmAcssDebitPayment' : 'confirmAcssDebitSetup'
  const { payment_method: method, ...rest } = data
  const isNew = method === undefined || typeof method === 'object'
  if (isNew) checkBilling(call, method?.billing_details)
  if (skipMandate && isNew) throw new IntegrationError(`${call}: skipMandate needs the id of a payment_method.`)
  if (!skipMandate) {
    const setup = { client, kind, clientSecret, ...(isNew ? { data: method } : {}) }
    const result = await openDialog('/elements/pad.html', setup)
    if (result?.error !== undefined) return { error: result.error }
    if (result?.accepted !== true) return retrieve(client, kind, clientSecret)
  }
  const chosen = isNew ? {} : { payment_method: method }
  return confirmExisting(client, kind, 'acss_debit', clientSecret, { ...chosen, ...rest })
}

function checkBilling(call, billing) {
  for (const name of ['name', 'email']) {
    if (billing?.[name] === undefined) {
      throw new IntegrationError(`${call}: payment_method.billing_details.${name} is required.`)
    }
  }
}
