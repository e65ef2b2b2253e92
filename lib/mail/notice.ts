import type { MessageKind } from './message'

/** What a person at a client may be told by mail. */
export const notices = ['invoice', 'on_its_way', 'receipt', 'pre_debit', 'mandate', 'setback', 'access'] as const
export type Notice = (typeof notices)[number]

/**
 * Why a notice cannot be switched off. `law`: card rules, Nacha and Payments Canada ask for it, or the law does; `money`:
 * without it nobody would know that an invoice is open again; `security`: it is how somebody hears of a change that was
 * not theirs.
 */
export type Locked = 'law' | 'money' | 'security'

const locks: Record<Notice, Locked | undefined> = {
  invoice: undefined,
  on_its_way: undefined,
  receipt: 'law',
  pre_debit: 'law',
  mandate: 'law',
  setback: 'money',
  access: 'security',
}

/** Nothing for a notice that a person may do without. */
export function lockOf(notice: Notice): Locked | undefined {
  return locks[notice]
}

/** Those that may be switched off, as the database too holds them to. */
export const optionalNotices = ['invoice', 'on_its_way'] as const satisfies Notice[]
export type OptionalNotice = (typeof optionalNotices)[number]

/** Which notice a mail is; nothing for one that is no notice: what somebody asked for themselves, and mail to staff. */
function noticeOf(kind: MessageKind): Notice | undefined {
  switch (kind) {
    case 'pay_now':
      return 'invoice'
    case 'payment_on_its_way':
      return 'on_its_way'
    case 'payment_received':
    case 'refund_made':
      return 'receipt'
    case 'payment_scheduled':
      return 'pre_debit'
    case 'autopay_started':
    case 'pad_saved':
      return 'mandate'
    case 'payment_failed':
    case 'payment_returned':
      return 'setback'
    case 'role_changed':
      return 'access'
    case 'question_answered':
    case 'monthly_statement':
    case 'open_invoices':
    case 'sign_in':
    case 'staff_sign_in':
    case 'staff_notice':
    case 'portal_invitation':
    case 'erasure_declined':
    case 'erasure_done':
    case 'sample':
      return undefined
  }
}

/** Whether a mail of this kind is kept from somebody who has switched these off. What is locked goes out whatever they hold. */
export function isUnwanted(kind: MessageKind, switchedOff: readonly string[]): boolean {
  const notice = noticeOf(kind)
  return notice !== undefined && lockOf(notice) === undefined && switchedOff.includes(notice)
}
