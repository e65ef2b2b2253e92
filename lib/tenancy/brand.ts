import '@/lib/base/zod-without-eval'
import { z } from 'zod'
import { fontIds } from './brand-fonts'

/** Six digits, any case, with or without the sign; three are doubled. */
const color = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#?([0-9a-f]{3}|[0-9a-f]{6})$/)
  .transform((text) => {
    const digits = text.replace('#', '')
    return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`
  })

/** One line as a person types it: no line break that could begin a header, no mark that turns the text around. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u)

/** One plain address, or none. */
const address = line(254).regex(/^$|^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+\.[^\s@<>(),;:"\\[\]]+$/)

const perLanguage = (max: number) =>
  z.object({ 'en-US': line(max).default(''), 'fr-CA': line(max).default('') }).prefault({})

/** A picture kept by its hash (lib/tenancy/keep-logo.ts), with the size it was drawn at. */
const Logo = z.object({
  hash: z.string().regex(/^[0-9a-f]{32}$/),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Too dark for a dark page: it stands on a white plate there. */
  needsPlate: z.boolean(),
  /** The name is part of the picture: it is not written beside it again. */
  showsName: z.boolean(),
})
export type Logo = z.infer<typeof Logo>

const radiusMax = 14

/** Typed tokens, never CSS: what a tenant may choose. Everything else of the look is derived or ours. */
export const Brand = z.object({
  logo: Logo.nullable().default(null),
  /** Two letters shown where there is no logo. */
  initials: line(2).default(''),
  /** As typed; brand-colors.ts derives what is used from it. */
  color: color.default('#1d3a8a'),
  /** Large shapes wear the typed color even where white does not read on it. */
  keepsTypedColor: z.boolean().default(false),
  canvas: color.default('#f5f6f8'),
  radius: z.number().int().min(0).max(radiusMax).default(10),
  font: z.enum(fontIds).default('inter'),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  /** Who mail is from, and who answers go to; empty: the MSP's name, its support address. */
  senderName: line(80).default(''),
  replyTo: address.default(''),
  supportEmail: address.default(''),
  supportPhone: line(40).default(''),
  postalAddress: line(200).default(''),
  /** Under the hello of every mail to a client. */
  greeting: perLanguage(200),
  /** At the foot of every page, and where a mail says whom to ask. */
  helpLine: perLanguage(200),
  /** How to pay without Stripe, in words. */
  payByCheck: line(400).default(''),
})
export type Brand = z.infer<typeof Brand>
