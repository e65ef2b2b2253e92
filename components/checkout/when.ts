/** When something saved is charged: now, or on one of these dates. Every word is the server's. */
export type WhenFacts = {
  dates: { on: string; name: string; bank: string; card: string }[]
  words: {
    title: string
    now: string
    later: string
    date: string
    button: string
    setting: string
    agreement: string
    /** What it takes, where nothing is saved yet. */
    needsSaved: string
    saveFirst: { text: string; href: string }
  }
}

/** That these invoices are set to be paid on a date already: paying now takes its place. */
export type AlreadyScheduled = { text: string; agree: string; mustAgree: string }

export type ScheduleOrderFacts = {
  scheduleId: string
  methodId: string
  runOn: string
  receiptEmail: string
  shown: { invoiceId: string; minor: string }[]
}
