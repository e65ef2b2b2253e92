import { z } from 'zod'
import { Brand } from './brand'

/** What staff change together: the name clients see, and the brand it stands in. */
export const BrandDraft = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/u),
  brand: Brand,
})
export type BrandDraft = z.infer<typeof BrandDraft>
