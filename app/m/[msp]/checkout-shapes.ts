import { z } from 'zod'

/** Which wordings somebody agreed to, as a page sends it; the words themselves are ours. */
export const AgreedOrder = z.object({
  shownOn: z.iso.date(),
  once: z.string().max(60).exactOptional(),
  save: z
    .object({
      version: z.string().max(60),
      type: z.enum(['acss_debit', 'card', 'us_bank_account']),
      accountKind: z.enum(['business', 'personal']).exactOptional(),
    })
    .exactOptional(),
})

/**
 * What is to be saved: the setup's own id, the words agreed to, and what Stripe's script made of what was typed, or that
 * the account is chosen in its own window.
 */
export const SaveWish = z.object({
  setupId: z.uuid(),
  agreed: AgreedOrder,
  confirmationTokenId: z.string().max(200).exactOptional(),
  debit: z.literal('acss_debit').exactOptional(),
})

/** What the bank statement shows of the small deposits: a code, or two amounts in cents. */
export const Proof = z.union([
  z.object({ descriptorCode: z.string().regex(/^SM[A-Z0-9]{4}$/) }),
  z.object({ amounts: z.tuple([z.int().min(1).max(99), z.int().min(1).max(99)]) }),
])
