import { z } from 'zod'

const url = z.string().regex(/^https?:\/\//)
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )

/** Every setting the product reads, with what it means. `.env.example` lists them for people. */
const Env = z.object({
  /** Owner of the schema; the application and system roles are taken on by SET ROLE at connection time. */
  DATABASE_URL: z.string().min(1),
  DATABASE_APP_ROLE: z.string().default('closeloop_app'),
  DATABASE_SYSTEM_ROLE: z.string().default('closeloop_system'),
  DATABASE_POOL_SIZE: z.coerce.number().int().positive().default(10),
  /** `id:base64 of 32 bytes`, comma separated; the first encrypts, all decrypt. */
  SECRET_KEYS: z.string().min(1),
  /** Where browsers and vendors reach the web process. */
  PUBLIC_URL: url.default('http://localhost:3000'),
  /** How many proxies of yours stand in front of the web process, each adding to x-forwarded-for. */
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(9).default(0),
  STRIPE_SECRET_KEY: z.string().default(''),
  STRIPE_PUBLISHABLE_KEY: z.string().default(''),
  /** Signing secrets of the webhook endpoint; two while one is being rotated. */
  STRIPE_WEBHOOK_SECRETS: list,
  STRIPE_API_URL: url.default('https://api.stripe.com'),
  STRIPE_JS_URL: url.default('https://js.stripe.com/endive/stripe.js'),
  /** Charges per second and account that Stripe allows us. */
  STRIPE_RATE: z.coerce.number().positive().default(25),
  /** The product's own integration id at ConnectWise, sent with every call. */
  CONNECTWISE_CLIENT_ID: z.string().default(''),
  QUICKBOOKS_CLIENT_ID: z.string().default(''),
  QUICKBOOKS_CLIENT_SECRET: z.string().default(''),
  QUICKBOOKS_API_URL: url.default('https://quickbooks.api.intuit.com'),
  QUICKBOOKS_AUTHORIZE_URL: url.default('https://appcenter.intuit.com/connect/oauth2'),
  QUICKBOOKS_TOKEN_URL: url.default('https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer'),
  QUICKBOOKS_REVOKE_URL: url.default('https://developer.api.intuit.com/v2/oauth2/tokens/revoke'),
  /** Directories in which staff may sign in, as JSON: see `.env.example`. */
  OIDC_PROVIDERS: z
    .string()
    .default('')
    .transform((text, context): unknown => {
      try {
        return text.trim() === '' ? [] : JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'It is not JSON' })
        return z.NEVER
      }
    })
    .pipe(
      z.array(
        z.strictObject({
          /** Part of an address; never changes. */
          id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
          name: z.string().min(1).max(40),
          issuer: url,
          clientId: z.string().min(1),
          clientSecret: z.string().min(1),
          /** Takes the addresses it gives for proven although it does not say so: for a directory that is yours alone. */
          trustsEmail: z.boolean().default(false),
        }),
      ),
    ),
  /** Name servers that are asked whether a tenant's host is its own, `1.1.1.1,127.0.0.1:5353`; empty: the system's. */
  DNS_SERVERS: list,
  SMTP_URL: z.string().default(''),
  MAIL_FROM: z.string().default('billing@localhost'),
  /** Set in sandbox mode only: time comes from there. */
  SANDBOX_CLOCK_URL: z.string().default(''),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})
export type Env = z.infer<typeof Env>

let parsed: Env | undefined

/**
 * The settings, read once and checked.
 * @throws Error naming each variable that is missing or malformed
 */
export function env(): Env {
  if (parsed !== undefined) return parsed
  const result = Env.safeParse(process.env)
  if (!result.success) throw new Error(`Settings are incomplete:\n${z.prettifyError(result.error)}`)
  parsed = result.data
  return parsed
}

/** True when the product talks to stand-ins: only base URLs, keys and the clock differ. */
export function isSandbox(): boolean {
  return env().SANDBOX_CLOCK_URL !== ''
}
