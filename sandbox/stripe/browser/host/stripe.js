import { collectBankAccount } from './bank-dialog.js'
import { Elements } from './elements.js'
import { home } from './frame.js'
import {
  confirmExisting,
  confirmWithElements,
  createConfirmationToken,
  createPaymentMethod,
  createToken,
  handleNextAction,
  retrieve,
  verifyMicrodeposits,
} from './intents.js'
import { checkKey } from './options.js'
import { confirmAcssDebit } from './pad-dialog.js'

/*
 * A stand-in for Stripe.js, so that the publisher's own components mount without a network. Like the original it keeps
 * card and bank details in frames of its own origin: this script sees states and tokens, never what is typed.
 * Styles are set through the object model and nothing is evaluated, so it runs under a strict content policy.
 */
function Stripe(key, options = {}) {
  checkKey(key)
  const client = {
    home,
    key,
    account: options.stripeAccount,
    version: options.apiVersion ?? '2026-10-28.endive',
    locale: options.locale ?? 'auto',
  }
  return {
    elements: (elementsOptions = {}) => new Elements(client, elementsOptions),
    createConfirmationToken: (asked) => createConfirmationToken(client, asked),
    createPaymentMethod: (asked) => createPaymentMethod(client, asked),
    createToken: (type, data) => createToken(client, type, data),

    confirmPayment: (asked) => confirmWithElements(client, 'payment_intent', asked),
    confirmSetup: (asked) => confirmWithElements(client, 'setup_intent', asked),
    confirmCardPayment: (secret, data, how) => confirmExisting(client, 'payment_intent', 'card', secret, data, how),
    confirmCardSetup: (secret, data, how) => confirmExisting(client, 'setup_intent', 'card', secret, data, how),
    confirmUsBankAccountPayment: (secret, data) =>
      confirmExisting(client, 'payment_intent', 'us_bank_account', secret, data),
    confirmUsBankAccountSetup: (secret, data) =>
      confirmExisting(client, 'setup_intent', 'us_bank_account', secret, data),
    confirmAcssDebitPayment: (secret, data, how) => confirmAcssDebit(client, 'payment_intent', secret, data, how),
    confirmAcssDebitSetup: (secret, data, how) => confirmAcssDebit(client, 'setup_intent', secret, data, how),

    handleNextAction: (asked) => handleNextAction(client, asked),
    retrievePaymentIntent: (secret) => retrieve(client, 'payment_intent', secret),
    retrieveSetupIntent: (secret) => retrieve(client, 'setup_intent', secret),
    collectBankAccountForPayment: (asked) => collectBankAccount(client, 'payment_intent', asked),
    collectBankAccountForSetup: (asked) => collectBankAccount(client, 'setup_intent', asked),
    verifyMicrodepositsForPayment: (secret, data) => verifyMicrodeposits(client, 'payment_intent', secret, data),
    verifyMicrodepositsForSetup: (secret, data) => verifyMicrodeposits(client, 'setup_intent', secret, data),

    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  }
}
Stripe.version = 'endive'

if (window.Stripe === undefined) window.Stripe = Stripe
else console.warn('It looks like Stripe.js was loaded more than one time. Please only load it once per page.')
