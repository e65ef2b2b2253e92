import { z } from 'zod'

const color = z.string().regex(/^#[0-9a-f]{6}$/)

/** Typed tokens, never CSS: what a tenant may choose. Everything else of the look is derived or ours. */
export const Brand = z.object({
  /** The color of acts and links; white must read on it at 4.5:1. */
  color: color.default('#1d3a8a'),
  /** The same for dark surfaces; the page's dark ground must read on it. */
  colorDark: color.default('#8fb0ff'),
  canvas: color.default('#f5f6f8'),
  radius: z.number().int().min(0).max(14).default(10),
  senderName: z.string().max(80).default(''),
  supportEmail: z.string().max(120).default(''),
  supportPhone: z.string().max(40).default(''),
  postalAddress: z.string().max(200).default(''),
  /** Two letters shown where there is no logo. */
  initials: z.string().max(2).default(''),
  /** How to pay without Stripe, in words. */
  payByCheck: z.string().max(400).default(''),
})
export type Brand = z.infer<typeof Brand>
