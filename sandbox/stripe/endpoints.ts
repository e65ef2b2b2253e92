import type { Endpoint } from './api/call.ts'
import { accountEndpoints } from './routes/accounts.ts'
import { browserEndpoints } from './routes/browser.ts'
import { chargeEndpoints } from './routes/charges.ts'
import { confirmationTokenEndpoints } from './routes/confirmation-tokens.ts'
import { customerEndpoints } from './routes/customers.ts'
import { disputeEndpoints } from './routes/disputes.ts'
import { eventEndpoints } from './routes/events.ts'
import { moneyEndpoints } from './routes/money.ts'
import { paymentIntentEndpoints } from './routes/payment-intents.ts'
import { paymentMethodEndpoints } from './routes/payment-methods.ts'
import { settingsEndpoints } from './routes/settings.ts'
import { setupIntentEndpoints } from './routes/setup-intents.ts'
import { webhookEndpointEndpoints } from './routes/webhook-endpoints.ts'

/** Every operation of the API that this stand-in answers. */
export const endpoints: readonly Endpoint[] = [
  ...accountEndpoints,
  ...browserEndpoints,
  ...chargeEndpoints,
  ...confirmationTokenEndpoints,
  ...customerEndpoints,
  ...disputeEndpoints,
  ...eventEndpoints,
  ...moneyEndpoints,
  ...paymentIntentEndpoints,
  ...paymentMethodEndpoints,
  ...settingsEndpoints,
  ...setupIntentEndpoints,
  ...webhookEndpointEndpoints,
]
