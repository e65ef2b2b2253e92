import { openDialog } from './dialog.js'
import { retrieve } from './intents.js'
import { IntegrationError } from './options.js'

/** Lets the payer link a bank account to an intent. Giving up leaves the intent as it was, and is no error. */
export async function collectBankAccount(client, kind, { clientSecret, params }) {
  if (params?.payment_method_type !== 'us_bank_account') {
    throw new IntegrationError('collectBankAccount: params.payment_method_type should be us_bank_account.')
  }
  if (params.payment_method_data?.billing_details?.name === undefined) {
    throw new IntegrationError('collectBankAccount: params.payment_method_data.billing_details.name is required.')
  }
  const result = await openDialog('/elements/bank.html', {
    client,
    kind,
    clientSecret,
    data: params.payment_method_data,
  })
  return result?.error === undefined ? retrieve(client, kind, clientSecret) : { error: result.error }
}
