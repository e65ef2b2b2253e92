import type { CheckoutScreen, VerifyWords } from '@/components/checkout/checkout'
import type { Saved, SaveFormFacts } from '@/components/checkout/save-form'
import type { Locale } from '@/messages/words'

/** The shapes that the widget's frame and its server share: plain data, words included. */

/** What the frame's page brings along. Nothing in it is anybody's in particular. */
export type FrameFacts = {
  /** The path its questions go below: /embed/larkfield */
  path: string
  locale: Locale
  /** The origin of the page around, where that may frame us; absent when we stand alone. */
  host?: string
  isDialog: boolean
  /** Filled in beforehand. */
  invoice: string
  words: FrameWords
}

export type FrameWords = {
  lookUpTitle: string
  lookUpText: string
  number: string
  numberMissing: string
  amount: string
  amountHint: string
  postalCode: string
  postalCodeHint: string
  proofMissing: string
  find: string
  finding: string
  loading: string
  lostTitle: string
  lostText: string
  again: string
  endedTitle: string
  endedText: string
  another: string
  toPay: string
  straightToStripe: string
  fullPage: string
  close: string
}

/** What there is to show for a session. */
export type FrameScreen =
  | {
      show: 'pay'
      client: string
      sub: string
      /** Where nothing can be chosen. */
      total: string
      rows: InvoiceFact[]
      /** A debit that came to nothing. */
      setback?: { title: string; text: string }
      checkout: CheckoutScreen
    }
  /** `saved`: what this session has saved already, in this window or another; `verify`: what waits for its small deposits. */
  | { show: 'save'; title: string; facts: SaveFormFacts; saved?: Saved; verify?: SetupToVerify }
  | { show: 'outcome'; status: string; checkout: CheckoutScreen; rest?: { text: string; button: string } }
  | { show: 'nothing'; title: string; text: string }

export type SetupToVerify = { setupId: string; title: string; text: string; words: VerifyWords }

export type InvoiceFact = {
  id: string
  title: string
  number: string
  amount: string
  badge: { is: 'overdue' | 'due_soon' | 'open'; text: string }
}

/** What the frame asks for: how things stand, or how this payment stands, or what there is to pay beside one that waits. */
export type FrameWish = { attemptId?: string | undefined; isRest?: boolean | undefined }

/** What comes of a look-up. */
export type LookUpAnswer = { ok: true; token: string } | { ok: false; text: string }
