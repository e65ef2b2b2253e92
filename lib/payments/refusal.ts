import type { PaymentRefusal, PaymentResult } from './result'

type Refused = Extract<PaymentResult, { ok: false }>

/** A refusal in the payer's words and language. */
export function refusal(because: Exclude<PaymentRefusal, 'declined'>, locale: string): Refused {
  const text = words[because]
  return { ok: false, because, reason: text[locale.startsWith('fr') ? 'fr' : 'en'], next: text.next }
}

const words = {
  'already-paid': {
    en: 'This invoice is already paid. Nothing was charged.',
    fr: 'Cette facture est déjà payée. Rien n’a été débité.',
    next: 'none',
  },
  'on-its-way': {
    en: 'A payment for this invoice is already on its way. Nothing was charged a second time.',
    fr: 'Un paiement pour cette facture est déjà en route. Rien n’a été débité une deuxième fois.',
    next: 'wait',
  },
  scheduled: {
    en: 'A payment for this invoice is already set for a date. Nothing was charged.',
    fr: 'Un paiement pour cette facture est déjà prévu à une date. Rien n’a été débité.',
    next: 'wait',
  },
  'on-hold': {
    en: 'This invoice is on hold while a question about it is open. Nothing was charged.',
    fr: 'Cette facture est en suspens tant qu’une question à son sujet reste ouverte. Rien n’a été débité.',
    next: 'wait',
  },
  changed: {
    en: 'The invoice changed since this page was opened. Nothing was charged. Look at the new amount and pay again.',
    fr: 'La facture a changé depuis l’ouverture de cette page. Rien n’a été débité. Vérifiez le nouveau montant et payez de nouveau.',
    next: 'wait',
  },
  void: {
    en: 'This invoice was voided. There is nothing to pay.',
    fr: 'Cette facture a été annulée. Il n’y a rien à payer.',
    next: 'none',
  },
  unreachable: {
    en: 'Stripe could not be reached. Nothing was charged. Try again in a few minutes.',
    fr: 'Stripe est injoignable. Rien n’a été débité. Réessayez dans quelques minutes.',
    next: 'wait',
  },
  'method-gone': {
    en: 'What you saved can no longer be charged. Nothing was charged. Choose another way to pay.',
    fr: 'Ce que vous avez enregistré ne peut plus être débité. Rien n’a été débité. Choisissez un autre mode de paiement.',
    next: 'other-method',
  },
  'not-allowed': {
    en: 'This invoice cannot be paid from here.',
    fr: 'Cette facture ne peut pas être payée d’ici.',
    next: 'none',
  },
  busy: {
    en: 'We are busy at this moment. Nothing was charged. Try again in a minute.',
    fr: 'Nous sommes occupés en ce moment. Rien n’a été débité. Réessayez dans une minute.',
    next: 'wait',
  },
  form: {
    en: 'The page was out of date. Nothing was charged. Reload it and pay again.',
    fr: 'La page n’était plus à jour. Rien n’a été débité. Rechargez-la et payez de nouveau.',
    next: 'wait',
  },
} as const
