import type { PlainDate } from '@/lib/base/clock'

/** What comes of setting a payment for a date. A refusal is a value: the person can answer it. */
export type ScheduleResult =
  | { ok: true; scheduleId: string; runOn: PlainDate }
  | { ok: false; because: ScheduleRefusal; reason: string }

export type ScheduleRefusal = keyof typeof words

export function scheduleRefusal(because: ScheduleRefusal, locale: string): Extract<ScheduleResult, { ok: false }> {
  return { ok: false, because, reason: words[because][locale.startsWith('fr') ? 'fr' : 'en'] }
}

/** What comes of setting a payment with something that is saved for it in the same press. */
export type TypedSchedule =
  | { ok: true; state: 'set'; scheduleId: string }
  /** The bank's check in the browser comes first. */
  | { ok: true; state: 'requires_action'; setupId: string; clientSecret: string }
  | { ok: false; because: ScheduleRefusal | 'not-saved' | keyof typeof waits; reason: string }

/** Where something was saved, or waits to be, and the payment is not set or not yet. */
export function notSet(because: ScheduleRefusal | keyof typeof waits, locale: string): TypedSchedule {
  const language = locale.startsWith('fr') ? 'fr' : 'en'
  if (isWaiting(because)) return { ok: false, because, reason: waits[because][language] }
  return { ok: false, because, reason: `${kept[language]} ${words[because][language]}` }
}

function isWaiting(because: string): because is keyof typeof waits {
  return because in waits
}

const kept = {
  en: 'What you typed is saved and can be chosen above.',
  fr: 'Ce que vous avez saisi est enregistré et peut être choisi ci-dessus.',
}

const waits = {
  deposits: {
    en: 'Stripe sends one or two small deposits to the account within 1 to 2 banking days. Confirm them under payment methods: the payment is set then, if its date has not passed.',
    fr: 'Stripe envoie un ou deux petits dépôts au compte en 1 à 2 jours bancaires. Confirmez-les sous les modes de paiement : le paiement sera alors prévu, si sa date n’est pas passée.',
  },
  check: {
    en: 'Your bank’s check was not finished. Nothing is charged, saved or set. Press the button again to do it anew.',
    fr: 'La vérification de votre banque n’est pas terminée. Rien n’est débité, enregistré ni prévu. Appuyez de nouveau sur le bouton pour la refaire.',
  },
  unknown: {
    en: 'We have not heard back yet. Nothing is charged and nothing is set twice; you get an email once the payment is set.',
    fr: 'Nous n’avons pas encore de réponse. Rien n’est débité et rien n’est prévu deux fois; vous recevrez un courriel dès que le paiement sera prévu.',
  },
}

const words = {
  date: {
    en: 'Choose a date from tomorrow to the day the invoice is due.',
    fr: 'Choisissez une date à partir de demain et au plus tard à l’échéance de la facture.',
  },
  'method-gone': {
    en: 'What you saved cannot be charged on that date. Choose another way to pay, or an earlier date.',
    fr: 'Ce que vous avez enregistré ne peut pas être débité à cette date. Choisissez un autre mode de paiement ou une date plus proche.',
  },
  'already-paid': {
    en: 'This invoice is already paid. Nothing is set.',
    fr: 'Cette facture est déjà payée. Rien n’est prévu.',
  },
  'on-its-way': {
    en: 'A payment for this invoice is already on its way. Nothing is set.',
    fr: 'Un paiement pour cette facture est déjà en route. Rien n’est prévu.',
  },
  scheduled: {
    en: 'A payment for this invoice is already set for a date. Move or cancel that one.',
    fr: 'Un paiement pour cette facture est déjà prévu à une date. Déplacez-le ou annulez-le.',
  },
  changed: {
    en: 'The invoice changed since this page was opened. Nothing is set. Look at the new amount first.',
    fr: 'La facture a changé depuis l’ouverture de cette page. Rien n’est prévu. Vérifiez d’abord le nouveau montant.',
  },
  void: {
    en: 'This invoice was voided. There is nothing to pay.',
    fr: 'Cette facture a été annulée. Il n’y a rien à payer.',
  },
  gone: {
    en: 'This payment is no longer waiting: it has run, or was canceled.',
    fr: 'Ce paiement n’attend plus : il a été fait ou annulé.',
  },
  off: {
    en: 'Payments cannot be set for a date any more. Nothing is set: pay now.',
    fr: 'Il n’est plus possible de prévoir un paiement à une date. Rien n’est prévu : payez maintenant.',
  },
  'not-allowed': {
    en: 'Your role does not let you set a payment.',
    fr: 'Votre rôle ne permet pas de prévoir un paiement.',
  },
  busy: {
    en: 'We are busy at this moment. Nothing is set. Try again in a minute.',
    fr: 'Nous sommes occupés en ce moment. Rien n’est prévu. Réessayez dans une minute.',
  },
  form: {
    en: 'The page was out of date. Nothing is set. Reload it and try again.',
    fr: 'La page n’était plus à jour. Rien n’est prévu. Rechargez-la et réessayez.',
  },
} as const
