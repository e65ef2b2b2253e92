import { z } from 'zod'
import type { Money } from '@/lib/money/money'
import { named } from './named'

/**
 * Money on our wire: whole minor units as text. A JSON number is a double to most readers, loses digits above 2^53 and
 * invites arithmetic in dollars; text keeps every cent and has to be read on purpose.
 */
export const WireMoney = z
  .strictObject({
    amount: z
      .string()
      .regex(/^-?\d+$/)
      .describe('Whole minor units (cents) as text, never a float.'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .describe('ISO 4217.'),
  })
  .register(named, {
    id: 'Money',
    description: 'An amount in whole minor units of one currency. `491314` in `USD` is $4,913.14.',
    examples: [{ amount: '491314', currency: 'USD' }],
  })
export type WireMoney = z.infer<typeof WireMoney>

export function toWireMoney({ minor, currency }: Money): WireMoney {
  return { amount: minor.toString(), currency }
}
