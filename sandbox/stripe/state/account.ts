import type { StripeAccount } from '../objects/account.ts'
import type { BalanceTransaction, Charge, Dispute, Payout, Refund } from '../objects/charge.ts'
import type { BankType } from '../objects/common.ts'
import type { ConfirmationToken } from '../objects/confirmation-token.ts'
import type { Customer } from '../objects/customer.ts'
import type { PaymentIntent, SetupAttempt, SetupIntent } from '../objects/intent.ts'
import type { Mandate, PaymentMethod } from '../objects/payment-method.ts'
import type { CustomerSession, PaymentMethodDomain, WebhookEndpoint } from '../objects/settings.ts'
import type { TestBankAccount } from '../testdata/bank-accounts.ts'
import type { TestCard } from '../testdata/cards.ts'
import { Balance } from './balance.ts'
import { MetadataIndex } from './metadata-index.ts'
import { Shelf } from './shelf.ts'
import type { StoredEvent } from './stored-event.ts'

/** What stands behind a payment method; Stripe knows it, the API never shows it. */
export type Instrument =
  | { kind: 'card'; card: TestCard; isSetUp: boolean }
  | { kind: BankType; account: TestBankAccount; isVerified: boolean; wrongTries: number }

export type BankInstrument = Exclude<Instrument, { kind: 'card' }>

export type KeptToken = {
  wire: ConfirmationToken
  instrument: Instrument
  /** The payment method it stands for, when the payer chose one saved before. */
  savedMethod: string | null
}

/** One Stripe account with everything on it. Nothing is shared between accounts, as at Stripe. */
export class Account {
  readonly wire: StripeAccount
  /** The Connect application that made this account; null for one that came to Stripe by itself. */
  readonly application: string | null
  readonly balance = new Balance()

  readonly customers = new Shelf<Customer>()
  readonly deletedCustomers = new Set<string>()
  readonly customerSessions = new Map<string, CustomerSession>()
  readonly paymentMethods = new Shelf<PaymentMethod>()
  readonly methodsOfCustomer = new Map<string, Set<string>>()
  readonly instruments = new Map<string, Instrument>()
  /** Methods that were used or detached, and so cannot be used a second time without a customer. */
  readonly spentMethods = new Set<string>()
  readonly mandates = new Shelf<Mandate>()
  /** The reusable mandate of a bank account, by payment method. */
  readonly standingMandates = new Map<string, string>()
  /** Consent given with a debit that waits for its bank account to be verified, by intent. */
  readonly pendingMandates = new Map<string, string>()
  readonly confirmationTokens = new Map<string, KeptToken>()
  readonly paymentIntents = new Shelf<PaymentIntent>()
  readonly intentsByMetadata = new MetadataIndex<PaymentIntent>()
  readonly setupIntents = new Shelf<SetupIntent>()
  readonly setupAttempts = new Shelf<SetupAttempt>((attempt) => attempt.setup_intent)
  readonly charges = new Shelf<Charge>(
    (charge) => charge.payment_intent,
    (charge) => charge.customer,
  )
  readonly refunds = new Shelf<Refund>(
    (refund) => refund.charge,
    (refund) => refund.payment_intent,
  )
  readonly disputes = new Shelf<Dispute>(
    (dispute) => dispute.charge,
    (dispute) => dispute.payment_intent,
  )
  readonly balanceTransactions = new Shelf<BalanceTransaction>((transaction) => transaction.source)
  readonly payouts = new Shelf<Payout>()
  readonly payoutItems = new Map<string, BalanceTransaction[]>()
  readonly events = new Shelf<StoredEvent>()
  readonly webhookEndpoints = new Shelf<WebhookEndpoint>()
  readonly domains = new Shelf<PaymentMethodDomain>()

  constructor(wire: StripeAccount, application: string | null) {
    this.wire = wire
    this.application = application
  }

  get id(): string {
    return this.wire.id
  }

  /** The object an id on this account names, as far as it can be expanded. */
  find(id: string): object | undefined {
    const kind = id.slice(0, id.indexOf('_'))
    switch (kind) {
      case 'pi':
        return this.paymentIntents.get(id)
      case 'ch':
      case 'py':
        return this.charges.get(id)
      case 'cus':
        return this.customers.get(id)
      case 'pm':
        return this.paymentMethods.get(id)
      case 'seti':
        return this.setupIntents.get(id)
      case 'setatt':
        return this.setupAttempts.get(id)
      case 'mandate':
        return this.mandates.get(id)
      case 're':
      case 'pyr':
        return this.refunds.get(id)
      case 'dp':
        return this.disputes.get(id)
      case 'txn':
        return this.balanceTransactions.get(id)
      case 'po':
        return this.payouts.get(id)
      case 'ba':
        return this.wire.external_accounts.data.find((external) => external.id === id)
      default:
        return undefined
    }
  }
}
