import { z } from 'zod'

/** Switches of one MSP, with the defaults a new one starts with. */
export const Settings = z.object({
  /** Send a pay link by itself when a new invoice appears. */
  sendNewInvoices: z.boolean().default(false),
  /** Invoices issued before this date are never mailed by themselves. */
  sendFrom: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  acceptCards: z.boolean().default(true),
  acceptBankDebits: z.boolean().default(true),
})
export type Settings = z.infer<typeof Settings>
