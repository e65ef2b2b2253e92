import { z } from 'zod'
import { Retention } from './retention'

/** `billing`: the billing contact. `marked`: also whom the PSA marks for billing. `owners`: also the client's owners in the portal. */
export const invoiceRules = ['billing', 'marked', 'owners'] as const
export type InvoiceRule = (typeof invoiceRules)[number]

/** Switches of one MSP, with the defaults a new one starts with. */
export const Settings = z.object({
  /** Send a pay link by itself when a new invoice appears. */
  sendNewInvoices: z.boolean().default(false),
  /** Invoices issued before this date are never mailed by themselves. */
  sendFrom: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  /** Whom new invoices are mailed to by themselves. */
  invoiceRecipients: z.enum(invoiceRules).default('billing'),
  acceptCards: z.boolean().default(true),
  acceptBankDebits: z.boolean().default(true),
  /** Whether invoices in Canadian dollars may be paid by pre-authorized debit. Turned on once Stripe has it active. */
  acceptPads: z.boolean().default(false),
  /** Whether clients may pay an invoice in part, and from what on: the greater of the two. Absent: not at all. */
  partialPayments: z
    .object({
      minimumMinor: z.int().min(0).default(0),
      minimumBasisPoints: z.int().min(0).max(10_000).default(0),
    })
    .optional(),
  /** Whether clients may pay more than they owe; the rest is kept as their credit. */
  keepOverpayments: z.boolean().default(false),
  /** Whether open credit memos of the PSA pay invoices at the checkout: each use must be applied there by a person. */
  useCreditMemos: z.boolean().default(false),
  /** What clients may do beside paying. Turned off, it is neither shown nor done; what was agreed to or set before stays. */
  portal: z
    .object({
      /** Ask about an invoice or a line, which puts its amount on hold. */
      questions: z.boolean().default(true),
      /** Save a card or an account. */
      saving: z.boolean().default(true),
      /** Have the invoices to come charged by themselves. */
      automatic: z.boolean().default(true),
      /** Set a payment for a date. */
      scheduling: z.boolean().default(true),
    })
    .prefault({}),
  /** Whether staff need a second factor to come in. On for an MSP that is made on the command line. */
  requireSecondFactor: z.boolean().default(false),
  /** Refunds above this amount, in minor units of the MSP's currency, wait for a second person. Absent: none do. */
  secondPersonAboveMinor: z.int().min(0).optional(),
  /** How long what names a person is kept. */
  retention: Retention.prefault({}),
})
export type Settings = z.infer<typeof Settings>
