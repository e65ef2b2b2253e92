import type { NextStep } from './result'

/**
 * Plain words for a processor's code, per language, and what helps. Groups after Stripe's decline codes; lost, stolen
 * and fraud are shown as an ordinary decline, since the card may be in the wrong hands.
 */
export function explainDecline(code: string, locale: string): { reason: string; next: NextStep } {
  const group = groupOf(code)
  return { reason: words[group][locale.startsWith('fr') ? 'fr' : 'en'], next: nextSteps[group] }
}

type Group = keyof typeof words

const words = {
  funds: {
    en: 'Your card was not charged: there was not enough credit. Pay from a bank account, or try another card.',
    fr: 'Votre carte n’a pas été débitée : le crédit était insuffisant. Payez depuis un compte bancaire ou essayez une autre carte.',
  },
  limit: {
    en: 'Your card was not charged. The bank declined because it is above the card’s limit.',
    fr: 'Votre carte n’a pas été débitée. La banque a refusé, car le montant dépasse la limite de la carte.',
  },
  expired: {
    en: 'Your card was not charged: it has expired. Try another card, or pay from a bank account.',
    fr: 'Votre carte n’a pas été débitée : elle est expirée. Essayez une autre carte ou payez depuis un compte bancaire.',
  },
  typed: {
    en: 'Your card was not charged: the number, date or security code does not match. Check them and try again.',
    fr: 'Votre carte n’a pas été débitée : le numéro, la date ou le code de sécurité ne correspond pas. Vérifiez-les et réessayez.',
  },
  authentication: {
    en: 'Your card was not charged: the bank’s check was not completed. Try again, or pay another way.',
    fr: 'Votre carte n’a pas été débitée : la vérification de la banque n’a pas été terminée. Réessayez ou payez autrement.',
  },
  later: {
    en: 'Your card was not charged: the bank could not be reached. Try again in a few minutes, or pay another way.',
    fr: 'Votre carte n’a pas été débitée : la banque était injoignable. Réessayez dans quelques minutes ou payez autrement.',
  },
  declined: {
    en: 'Your card was not charged. Your bank declined and did not say why. The number on the back of your card can tell you.',
    fr: 'Votre carte n’a pas été débitée. Votre banque a refusé sans donner de raison. Le numéro au dos de votre carte peut vous renseigner.',
  },
  bank_funds: {
    en: 'The bank sent the debit back: not enough funds.',
    fr: 'La banque a retourné le débit : fonds insuffisants.',
  },
  bank_closed: {
    en: 'The bank says the account is closed. Choose another account.',
    fr: 'La banque indique que le compte est fermé. Choisissez un autre compte.',
  },
  bank_details: {
    en: 'The bank could not find the account. Check the numbers, or choose another account.',
    fr: 'La banque n’a pas trouvé le compte. Vérifiez les numéros ou choisissez un autre compte.',
  },
  bank_unauthorized: {
    en: 'The bank says this debit was not authorized. Choose another account, or ask your bank.',
    fr: 'La banque indique que ce débit n’était pas autorisé. Choisissez un autre compte ou informez-vous auprès de votre banque.',
  },
  bank_refused: {
    en: 'The bank did not take the debit. Choose another account, or pay by card.',
    fr: 'La banque n’a pas accepté le débit. Choisissez un autre compte ou payez par carte.',
  },
  verification: {
    en: 'The account could not be verified. Nothing was debited. Choose another account, or pay by card.',
    fr: 'Le compte n’a pas pu être vérifié. Rien n’a été débité. Choisissez un autre compte ou payez par carte.',
  },
  abandoned: {
    en: 'The payment was not finished in time. Nothing was charged.',
    fr: 'Le paiement n’a pas été terminé à temps. Rien n’a été débité.',
  },
  ours: {
    en: 'The payment could not be made, and nothing was charged. We have been told and are looking at it.',
    fr: 'Le paiement n’a pas pu être fait et rien n’a été débité. Nous avons été avertis et nous vérifions.',
  },
} as const

const nextSteps: Record<Group, NextStep> = {
  funds: 'bank',
  limit: 'bank',
  expired: 'other-method',
  typed: 'other-method',
  authentication: 'other-method',
  later: 'other-method',
  declined: 'bank',
  bank_funds: 'other-method',
  bank_closed: 'other-method',
  bank_details: 'other-method',
  bank_unauthorized: 'other-method',
  bank_refused: 'other-method',
  verification: 'other-method',
  abandoned: 'other-method',
  ours: 'none',
}

const groups: Record<string, Group> = {
  insufficient_funds: 'funds',
  card_velocity_exceeded: 'limit',
  withdrawal_count_limit_exceeded: 'limit',
  expired_card: 'expired',
  incorrect_number: 'typed',
  invalid_number: 'typed',
  incorrect_cvc: 'typed',
  invalid_cvc: 'typed',
  incorrect_zip: 'typed',
  invalid_expiry_month: 'typed',
  invalid_expiry_year: 'typed',
  authentication_required: 'authentication',
  authentication_not_handled: 'authentication',
  payment_intent_authentication_failure: 'authentication',
  try_again_later: 'later',
  issuer_not_available: 'later',
  processing_error: 'later',
  reenter_transaction: 'later',
  'bank.insufficient_funds': 'bank_funds',
  'bank.account_closed': 'bank_closed',
  'bank.bank_account_closed': 'bank_closed',
  'bank.no_account': 'bank_details',
  'bank.incorrect_account_details': 'bank_details',
  'bank.bank_account_invalid_details': 'bank_details',
  'bank.debit_not_authorized': 'bank_unauthorized',
  'bank.payment_method_microdeposit_failed': 'verification',
  'bank.payment_method_microdeposit_verification_attempts_exceeded': 'verification',
  'bank.payment_method_microdeposit_verification_timeout': 'verification',
  abandoned: 'abandoned',
  refused: 'ours',
  never_arrived: 'ours',
}

function groupOf(code: string): Group {
  return groups[code] ?? (code.startsWith('bank.') ? 'bank_refused' : 'declined')
}
