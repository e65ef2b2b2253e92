import type { AgreedOrder } from './saving'

/** When something saved is charged: now, or on one of these dates. Every word is the server's. */
export type WhenFacts = {
  /** Of the client’s credit, what no other payment for a date counts on. */
  creditMinor: string
  dates: { on: string; name: string; bank: string; card: string }[]
  words: {
    title: string
    now: string
    later: string
    date: string
    button: string
    setting: string
    agreement: string
    /** What is typed is saved by the same press. */
    savesToo: string
    /** What it takes, where nothing can be saved by it. */
    needsSaved: string
    saveFirst: { text: string; href: string }
  }
}

/** That these invoices are set to be paid on a date already: paying now takes its place. */
export type AlreadyScheduled = { text: string; agree: string; mustAgree: string }

type DatedFacts = {
  runOn: string
  receiptEmail: string
  shown: { invoiceId: string; minor: string }[]
  /** What the client’s credit pays of it. */
  creditMinor: string
}
export type ScheduleOrderFacts = DatedFacts & { scheduleId: string; methodId: string }
/** With what is typed: the setup’s id is the payment’s as well. */
export type TypedScheduleFacts = DatedFacts & { setupId: string; confirmationTokenId: string; agreed: AgreedOrder }
