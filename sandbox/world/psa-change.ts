import type { WorldInvoice, WorldPayment } from './world.ts'

/** What a PSA tells whoever bridges it to the books: an invoice came, changed in what it bills, or went. */
export type PsaInvoiceChange = { kind: 'added' | 'updated' | 'deleted'; invoice: WorldInvoice }

/** A payment row came or went; `by` says whether somebody typed it in or a program wrote it. */
export type PsaPaymentChange = { kind: 'added' | 'deleted'; payment: WorldPayment; by: 'person' | 'program' }
