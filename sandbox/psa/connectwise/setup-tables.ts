/** What a tenant of the vendor sets up for itself: statuses have no meaning beyond what their owner gave them. */
export type BillingStatus = {
  id: number
  name: string
  sortOrder: number
  defaultFlag: boolean
  closedFlag: boolean
  sentFlag: boolean
}

const status = (id: number, name: string, flags: Partial<BillingStatus> = {}): BillingStatus => ({
  id,
  name,
  sortOrder: id * 10,
  defaultFlag: false,
  closedFlag: false,
  sentFlag: false,
  ...flags,
})

export const statusIds = { new: 1, sent: 2, onHold: 5, closed: 7 } as const

export const billingStatuses: readonly BillingStatus[] = [
  status(statusIds.new, 'New', { defaultFlag: true }),
  status(statusIds.sent, 'Sent', { sentFlag: true }),
  status(statusIds.onHold, 'On hold, question open', { sentFlag: true }),
  status(statusIds.closed, 'Closed', { closedFlag: true, sentFlag: true }),
  status(9, 'Closed, written off', { closedFlag: true }),
]

export function billingStatus(id: number): BillingStatus {
  const found = billingStatuses.find((each) => each.id === id)
  if (found === undefined) throw new Error(`no billing status ${id}`)
  return found
}

export const billingTerms = [
  { id: 1, name: 'Due on receipt', dueDays: 0, defaultFlag: false },
  { id: 2, name: 'Net 15', dueDays: 15, defaultFlag: false },
  { id: 3, name: 'Net 30', dueDays: 30, defaultFlag: true },
  { id: 4, name: 'Net 45', dueDays: 45, defaultFlag: false },
] as const

export const billingCycles = [
  { id: 1, identifier: 'M', name: 'Monthly', defaultFlag: true, billingOptions: 'Monthly' },
  { id: 2, identifier: 'Q', name: 'Quarterly', defaultFlag: false, billingOptions: 'Quarterly' },
  { id: 3, identifier: 'Y', name: 'Annual', defaultFlag: false, billingOptions: 'Yearly' },
] as const

export const noteTypes = [
  { id: 1, identifier: 'GEN', name: 'General', defaultFlag: true, importFlag: false },
  { id: 2, identifier: 'FIN', name: 'Finance', defaultFlag: false, importFlag: false },
] as const

/** Types a callback may have, and how finely each can be subscribed to. */
export const callbackLevels: Readonly<Record<string, readonly string[]>> = {
  activity: ['owner', 'company', 'activity'],
  agreement: ['owner', 'type', 'company', 'agreement'],
  company: ['owner', 'status', 'type', 'territory', 'company', 'integratorTag'],
  configuration: ['owner', 'status', 'type', 'company', 'configuration'],
  contact: ['owner', 'type', 'territory', 'company', 'contact'],
  expense: ['owner', 'status', 'type', 'company', 'expense'],
  invoice: ['owner', 'status', 'company', 'invoice'],
  member: ['owner', 'type', 'territory', 'member'],
  opportunity: ['owner', 'status', 'type', 'company', 'opportunity'],
  productcatalog: ['owner', 'productcatalog'],
  project: ['owner', 'status', 'type', 'company', 'project'],
  purchaseorder: ['owner', 'status', 'company', 'purchaseorder'],
  schedule: ['owner', 'type', 'schedule'],
  ticket: ['owner', 'status', 'type', 'company', 'board', 'project', 'ticket'],
  time: ['owner', 'status', 'type', 'company', 'time'],
}
