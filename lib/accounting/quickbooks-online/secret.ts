import { z } from 'zod'

/** What one connection to a QuickBooks company needs. The refresh token is replaced by each refresh. */
export const QuickbooksSecret = z.object({
  /** QuickBooks' id of the company. */
  realmId: z.string().regex(/^\d+$/),
  accessToken: z.string().min(1),
  accessExpiresAt: z.iso.datetime(),
  refreshToken: z.string().min(1),
  refreshExpiresAt: z.iso.datetime(),
})
export type QuickbooksSecret = z.infer<typeof QuickbooksSecret>
