import type { DeclineName } from './declines.ts'

/** A card of Stripe's test set and everything that is special about it. */
export type TestCard = {
  number: string
  brand: 'visa' | 'mastercard' | 'amex' | 'discover'
  funding: 'credit' | 'debit' | 'prepaid'
  country: 'US' | 'CA'
  /** Refused whenever it is charged. */
  decline?: DeclineName
  /** Refused already when it is saved or checked, not only when it is charged. */
  declinesSetup?: boolean
  /** When the issuer insists on a challenge: on every payment, or until the card was set up with one. */
  challenge?: 'always' | 'until-set-up' | 'on-session'
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry'
  earlyFraudWarning?: boolean
  refund?: 'pending' | 'fails'
  /** Its funds skip the pending balance. */
  availableAtOnce?: boolean
}

type Traits = Omit<TestCard, 'number' | 'brand' | 'funding' | 'country'> &
  Partial<Pick<TestCard, 'funding' | 'country'>>

const refused = (decline: DeclineName): Traits => ({ decline, declinesSetup: true })

// Source: reference note on test data; the publisher's page "Testing".
const cards: Record<string, Traits> = {
  '4242424242424242': {},
  '5555555555554444': {},
  '378282246310005': {},
  '6011111111111117': {},
  '4000056655665556': { funding: 'debit' },
  '5200828282828210': { funding: 'debit' },
  '5105105105105100': { funding: 'prepaid' },
  '4000001240000000': { country: 'CA' },
  '4000000000000002': refused('generic'),
  '4000000000009995': refused('insufficientFunds'),
  '4000000000009987': refused('lostCard'),
  '4000000000009979': refused('stolenCard'),
  '4000000000000069': refused('expiredCard'),
  '4000000000000127': refused('incorrectCvc'),
  '4000000000000119': refused('processingError'),
  '4000000000006975': refused('velocityExceeded'),
  '4100000000000019': refused('highestRisk'),
  '4000000000000341': { decline: 'generic' },
  '4000002500003155': { challenge: 'until-set-up' },
  '4000002760003184': { challenge: 'always' },
  '4000003800000446': { challenge: 'on-session' },
  '4000000000003220': { challenge: 'always' },
  '4000008400001629': { challenge: 'always', decline: 'generic' },
  '4000008260003178': { challenge: 'always', decline: 'insufficientFunds' },
  '4000000000000259': { dispute: 'fraudulent' },
  '4000000000002685': { dispute: 'product_not_received' },
  '4000000000001976': { dispute: 'inquiry' },
  '4000000000005423': { earlyFraudWarning: true },
  '4000000000007726': { refund: 'pending' },
  '4000000000005126': { refund: 'fails' },
  '4000000000000077': { availableAtOnce: true },
}

const tokens: Record<string, string> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_discover: '6011111111111117',
  pm_card_visa_debit: '4000056655665556',
  pm_card_mastercard_debit: '5200828282828210',
  pm_card_mastercard_prepaid: '5105105105105100',
  pm_card_ca: '4000001240000000',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_visa_chargeDeclined: '4000000000000002',
  pm_card_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_visa_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeDeclinedLostCard: '4000000000009987',
  pm_card_chargeDeclinedStolenCard: '4000000000009979',
  pm_card_chargeDeclinedExpiredCard: '4000000000000069',
  pm_card_chargeDeclinedIncorrectCvc: '4000000000000127',
  pm_card_chargeDeclinedProcessingError: '4000000000000119',
  pm_card_chargeDeclinedVelocityLimitExceeded: '4000000000006975',
  pm_card_radarBlock: '4100000000000019',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredSetupForOffSession: '4000003800000446',
  pm_card_threeDSecure2Required: '4000000000003220',
  pm_card_authenticationRequiredChargeDeclinedInsufficientFunds: '4000008260003178',
  pm_card_createDispute: '4000000000000259',
  pm_card_createDisputeProductNotReceived: '4000000000002685',
  pm_card_createDisputeInquiry: '4000000000001976',
  pm_card_createIssuerFraudRecord: '4000000000005423',
  pm_card_pendingRefund: '4000000000007726',
  pm_card_refundFail: '4000000000005126',
  pm_card_bypassPending: '4000000000000077',
}

export function testCard(number: string): TestCard | undefined {
  const traits = Object.hasOwn(cards, number) ? cards[number] : undefined
  if (traits === undefined) return undefined
  return { number, brand: brandOf(number), funding: 'credit', country: 'US', ...traits }
}

/** The card behind one of Stripe's ready-made test ids, such as `pm_card_visa`. */
export function testCardByToken(token: string): TestCard | undefined {
  const number = Object.hasOwn(tokens, token) ? tokens[token] : undefined
  return number === undefined ? undefined : testCard(number)
}

export function brandOf(number: string): TestCard['brand'] {
  if (/^3[47]/.test(number)) return 'amex'
  if (/^5[1-5]/.test(number)) return 'mastercard'
  return /^6011/.test(number) ? 'discover' : 'visa'
}

/** The check digit of ISO/IEC 7812. */
export function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, letter, place) => {
    const digit = Number(letter) * (place % 2 === 1 ? 2 : 1)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return /^\d{12,19}$/.test(number) && sum % 10 === 0
}
