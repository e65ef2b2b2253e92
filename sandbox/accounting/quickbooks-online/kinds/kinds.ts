import type { EntityName } from '../schema/schemas.ts'
import { purchase, transfer } from './bank-movements.ts'
import { creditMemo } from './credit-memo.ts'
import { deposit } from './deposit.ts'
import { invoice } from './invoice.ts'
import { journalEntry } from './journal-entry.ts'
import type { Kind } from './kind.ts'
import { account, customer, department, item, klass, paymentMethod, taxCode, term } from './lists.ts'
import { payment } from './payment.ts'
import { refundReceipt, salesReceipt } from './receipts.ts'

export const kinds: { [E in EntityName]: Kind<E> } = {
  Invoice: invoice,
  CreditMemo: creditMemo,
  SalesReceipt: salesReceipt,
  RefundReceipt: refundReceipt,
  Payment: payment,
  Deposit: deposit,
  JournalEntry: journalEntry,
  Purchase: purchase,
  Transfer: transfer,
  Customer: customer,
  Account: account,
  Item: item,
  PaymentMethod: paymentMethod,
  Class: klass,
  Department: department,
  Term: term,
  TaxCode: taxCode,
}
