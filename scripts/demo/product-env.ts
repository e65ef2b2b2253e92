import type { RunningSandbox } from './sandbox-process.ts'

/** The settings with which the product talks to the stand-ins: the same names an operator sets, with other values. */
export function productEnv(options: {
  databaseUrl: string
  publicUrl: string
  secretKeys: string
  webhookSecret: string
  sandbox: RunningSandbox
}): Record<string, string> {
  const { sandbox, databaseUrl, publicUrl } = options
  const { stripe, connectwise, quickbooksOnline: books, smtp, identity } = sandbox.services
  return {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: publicUrl,
    SECRET_KEYS: options.secretKeys,
    STRIPE_API_URL: stripe.url,
    STRIPE_JS_URL: `${stripe.url}/stripe.js`,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_PUBLISHABLE_KEY: stripe.publishableKey,
    STRIPE_WEBHOOK_SECRETS: options.webhookSecret,
    CONNECTWISE_CLIENT_ID: connectwise.clientId,
    QUICKBOOKS_API_URL: books.url,
    QUICKBOOKS_AUTHORIZE_URL: books.authorizeUrl,
    QUICKBOOKS_TOKEN_URL: books.tokenUrl,
    QUICKBOOKS_REVOKE_URL: books.revokeUrl,
    QUICKBOOKS_CLIENT_ID: books.clientId,
    QUICKBOOKS_CLIENT_SECRET: books.clientSecret,
    OIDC_PROVIDERS: JSON.stringify([{ id: 'directory', name: 'the directory', ...identity }]),
    SMTP_URL: `smtp://${smtp.user}:${smtp.password}@${smtp.host}:${smtp.port}`,
    MAIL_FROM: 'billing@closeloop.example',
    SANDBOX_CLOCK_URL: sandbox.urls.page,
  }
}
