import type {
  QuickbooksCredentials,
  QuickbooksService,
} from './accounting/quickbooks-online/start-quickbooks-online.ts'
import type { IdentityService } from './identity/start-identity.ts'
import type { Service } from './kernel/service.ts'
import type { MailService } from './mail/start-mail.ts'
import type { ConnectwiseCredentials, ConnectwiseService } from './psa/connectwise/connectwise.ts'
import type { StripeService } from './stripe/stripe.ts'

/** What any client library or HTTP tool needs to talk to the stand-ins. */
export type SandboxServices = {
  stripe: {
    url: string
    /** The platform's keys; `account` is the connected account of the MSP. */
    secretKey: string
    publishableKey: string
    account: string
    platformAccount: string
    /** An account of its own, without a platform. */
    own: { account: string; restrictedKey: string; publishableKey: string }
    restrictedKey: string
  }
  /** `apiUrl` is where the resources are; `url` alone answers company info. */
  connectwise: { url: string; apiUrl: string } & ConnectwiseCredentials
  quickbooksOnline: QuickbooksCredentials
  smtp: { host: string; port: number; user: string; password: string }
  mailbox: { url: string }
  bank: { url: string }
  /** The directory in which the MSP's people sign in: OpenID Connect. */
  identity: IdentityService['credentials']
  clock: { url: string }
}

export function servicesOf(started: {
  stripe: StripeService
  connectwise: ConnectwiseService
  quickbooksOnline: QuickbooksService
  mail: MailService
  identity: IdentityService
  bank: Service
  page: Service
}): SandboxServices {
  const { stripe, connectwise, quickbooksOnline, mail, bank, identity, page } = started
  const { platform, connected, own } = stripe.credentials
  return {
    stripe: {
      url: stripe.url,
      secretKey: platform.secretKey,
      publishableKey: platform.publishableKey,
      account: connected.account,
      platformAccount: platform.account,
      own,
      restrictedKey: own.restrictedKey,
    },
    connectwise: { url: connectwise.url, apiUrl: connectwise.baseUrl, ...connectwise.credentials },
    quickbooksOnline: quickbooksOnline.credentials,
    smtp: mail.smtp,
    mailbox: { url: mail.mailboxService.url },
    bank: { url: bank.url },
    identity: identity.credentials,
    clock: { url: `${page.url}/clock` },
  }
}
