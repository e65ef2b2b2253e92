import type { ErasureHold, ErasureOutlook } from '@/lib/privacy/erasure'

/** What keeps it from being done, and the cure. */
export const holdWords: Record<ErasureHold, string> = {
  'autopay-on':
    'Automatic payment is on, and its notices go to them. Have it turned off, or turned on anew by somebody else.',
  'payment-set':
    'A payment is set for a date, and its receipt goes to them. It can be done after that, or once it is canceled.',
  'payment-under-way':
    'A payment of theirs is on its way, and its receipt goes to them. It can be done once it is settled.',
  'mail-on-its-way': 'A mail to them is just going out. Try again in a minute.',
}

const systems: Record<string, string> = { connectwise: 'ConnectWise' }

type Line = { title: string; text: string }

/** What an owner must know, one thing to a line; what always holds stands last. */
export function outlookWords({ psa, isBilling, isLastOwner, mandates, elsewhere, client }: ErasureOutlook): Line[] {
  const lines: (Line | false)[] = [
    psa !== undefined && {
      title: `${systems[psa] ?? psa} still has them`,
      text: 'We change nothing there. Its syncs no longer touch this person, so they do not come back; but a contact made anew there, under another number, comes in as somebody new. Erase them there too.',
    },
    isBilling && {
      title: 'They get the invoices',
      text: `With them gone, invoices go to the address ${client.name} has as a company, or to the next billing contact. Mark one in the PSA if there is neither.`,
    },
    isLastOwner && {
      title: 'Nobody else may let colleagues in',
      text: `They are the only owner at ${client.name} in the portal. Another contact becomes one when the PSA marks them for billing.`,
    },
    elsewhere.length > 0 && {
      title: 'The address is known at other clients',
      text: `${elsewhere.join(', ')}: those stay. Erase them there one by one.`,
    },
    {
      title: 'What goes',
      text: 'Name, address, title and role; sessions, sign-ins and passkeys, with their addresses and browsers; what mails to them said, and their address on mails, links, receipts and notices.',
    },
    {
      title: 'What stays, and why',
      text: 'Journal, invoices and payments, because the law has you keep your books. The audit trail and what they wrote about invoices, without their name.',
    },
    mandates > 0 && {
      title: mandates === 1 ? '1 authorization they gave' : `${mandates} authorizations they gave`,
      text: 'They stay whole, with the name, as your proof should a debit be disputed. The name goes when the period for authorizations is over.',
    },
  ]
  return lines.filter((line) => line !== false)
}
