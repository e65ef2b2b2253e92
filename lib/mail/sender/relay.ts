/** A service that many hand their mail to, known by the name of its mail server. */
export type Relay = {
  name: string
  /** What a domain's SPF record includes so that the service may send for it. */
  include: string
  /** It puts a return address of its own on what it sends: receivers then look for SPF there, not at the domain. */
  hasOwnReturnPath: boolean
  /** Where it usually keeps its DKIM keys. */
  selectors: string[]
}

const relays: [host: RegExp, relay: Relay][] = [
  [
    /(^|\.)(office365|outlook)\.com$/,
    {
      name: 'Microsoft 365',
      include: 'spf.protection.outlook.com',
      hasOwnReturnPath: false,
      selectors: ['selector1', 'selector2'],
    },
  ],
  [
    /(^|\.)(gmail|google)\.com$/,
    { name: 'Google Workspace', include: '_spf.google.com', hasOwnReturnPath: false, selectors: ['google'] },
  ],
  [
    /(^|\.)(fastmail|messagingengine)\.com$/,
    {
      name: 'Fastmail',
      include: 'spf.messagingengine.com',
      hasOwnReturnPath: false,
      selectors: ['fm1', 'fm2', 'fm3'],
    },
  ],
  [/(^|\.)amazonaws\.com$/, { name: 'Amazon SES', include: 'amazonses.com', hasOwnReturnPath: true, selectors: [] }],
  [
    /(^|\.)sendgrid\.net$/,
    { name: 'SendGrid', include: 'sendgrid.net', hasOwnReturnPath: true, selectors: ['s1', 's2'] },
  ],
  [
    /(^|\.)mailgun\.org$/,
    { name: 'Mailgun', include: 'mailgun.org', hasOwnReturnPath: true, selectors: ['mailo', 'mx', 'k1'] },
  ],
  [
    /(^|\.)postmarkapp\.com$/,
    { name: 'Postmark', include: 'spf.mtasv.net', hasOwnReturnPath: true, selectors: ['pm'] },
  ],
  [/(^|\.)smtp2go\.com$/, { name: 'SMTP2GO', include: 'spf.smtp2go.com', hasOwnReturnPath: true, selectors: [] }],
  [
    /(^|\.)mailjet\.com$/,
    { name: 'Mailjet', include: 'spf.mailjet.com', hasOwnReturnPath: true, selectors: ['mailjet'] },
  ],
]

/** The service behind a mail server's name; undefined for a server we do not know. */
export function relayOf(host: string): Relay | undefined {
  return relays.find(([pattern]) => pattern.test(host.toLowerCase()))?.[1]
}
