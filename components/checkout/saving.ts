import type { WayType } from './checkout'

/** A wording as it stands on the page, and the version by which the server knows it. */
export type WordingFacts = { version: string; text: string }

/** What the form needs to offer saving, and to say what a debit rests on. Every word is the server's. */
export type SavingFacts = {
  /** The date the wordings bear. */
  shownOn: string
  /** Whether what is typed may be saved at all. */
  isOffered: boolean
  /** For one debit from a bank account, where one is made; it stands under the button, `{amount}` and `{invoices}` filled in. */
  once?: WordingFacts
  /** The same for a pre-authorized debit. */
  padOnce?: WordingFacts
  card: WordingFacts
  business: WordingFacts
  personal: WordingFacts
  /** Of an account for pre-authorized debits, which is a business's. */
  pad: WordingFacts
  words: {
    title: string
    whose: string
    aBusiness: string
    aPerson: string
    agreeCard: string
    agreeBank: string
    agreePad: string
    where: string
  }
}

export type Holder = 'business' | 'personal'

/** Which wordings somebody agreed to, for the server to look up: never the words themselves. */
export type AgreedOrder = {
  shownOn: string
  once?: string
  save?: { version: string; type: string; accountKind?: Holder }
}

/** A card or an account the client saved before, as a row to choose. */
export type SavedWay = {
  id: string
  type: WayType
  name: string
  sub: string
  /** Why it cannot be chosen now. */
  problem?: string
  /** The ids of the invoices whose agreement the client chose it for. */
  pays?: string[]
  /** In minor units. */
  surchargeMinor: string
  /** `{amount}` in these is what it comes to, as with the other ways. */
  button: string
  agreement: string
  announcement: string
  notCharged: string
}
