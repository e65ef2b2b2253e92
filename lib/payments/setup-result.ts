/** What comes of saving a card or an account. A refusal is a value: the person can answer it. */
export type SetupResult =
  | {
      ok: true
      setupId: string
      /**
       * `agreement`: the payer is to agree in the browser; `requires_action`: the bank's check there; `deposits`: two small
       * deposits, in a day or two.
       */
      state: 'saved' | 'agreement' | 'requires_action' | 'deposits' | 'unknown'
      clientSecret?: string
    }
  | { ok: false; because: SetupRefusal; reason: string }

export type SetupRefusal = keyof typeof words

export function setupRefusal(because: SetupRefusal, locale: string): SetupResult {
  return { ok: false, because, reason: words[because][locale.startsWith('fr') ? 'fr' : 'en'] }
}

const words = {
  card: {
    en: 'The card was not saved: its bank declined. Try another card, or save a bank account.',
    fr: 'La carte n’a pas été enregistrée : sa banque a refusé. Essayez une autre carte ou enregistrez un compte bancaire.',
  },
  bank: {
    en: 'The account was not saved: it could not be verified. Check the numbers, or choose another account.',
    fr: 'Le compte n’a pas été enregistré : il n’a pas pu être vérifié. Vérifiez les numéros ou choisissez un autre compte.',
  },
  declined: {
    en: 'It was not saved: Stripe did not take it. Check what was typed, or try another.',
    fr: 'L’enregistrement n’a pas été fait : Stripe l’a refusé. Vérifiez les renseignements ou essayez-en un autre.',
  },
  unreachable: {
    en: 'Stripe could not be reached. Nothing was saved. Try again in a few minutes.',
    fr: 'Stripe est injoignable. Rien n’a été enregistré. Réessayez dans quelques minutes.',
  },
  changed: {
    en: 'The authorization changed since this page was opened. Nothing was saved. Read it again first.',
    fr: 'L’autorisation a changé depuis l’ouverture de cette page. Rien n’a été enregistré. Relisez-la d’abord.',
  },
  busy: {
    en: 'That was tried often in a short time. Nothing was saved. Try again in a few minutes.',
    fr: 'Il y a eu beaucoup d’essais en peu de temps. Rien n’a été enregistré. Réessayez dans quelques minutes.',
  },
  'not-allowed': {
    en: 'Your role does not let you save a payment method.',
    fr: 'Votre rôle ne permet pas d’enregistrer un mode de paiement.',
  },
  form: {
    en: 'The page was out of date. Nothing was saved. Reload it and try again.',
    fr: 'La page n’était plus à jour. Rien n’a été enregistré. Rechargez-la et réessayez.',
  },
} as const
