import { Notice } from '@/components/ui/notice'

/** What came of sending what is open, or of closing the links to it. @param said from the address */
export function StatementNotice({ said, to }: { said: string | undefined; to: string | undefined }) {
  switch (said) {
    case 'sent':
      return (
        <Notice tone="good" role="status">
          The open invoices are being mailed{to !== undefined && ` to ${to}`}, with a link that pays them.
        </Notice>
      )
    case 'closed':
      return (
        <Notice tone="good" role="status">
          Every link to the open invoices of this client is closed.
        </Notice>
      )
    case 'no-address':
      return <NotSent>It has no address for invoices. Mark a billing contact with an address in the PSA.</NotSent>
    case 'not-open':
      return <NotSent>Nothing is open.</NotSent>
    case 'left':
      return <NotSent>It is gone in the PSA, and such a link would not open. Send its invoices one by one.</NotSent>
    default:
      return null
  }
}

function NotSent({ children }: { children: string }) {
  return (
    <Notice tone="bad" role="status" title="Nothing was sent.">
      {children}
    </Notice>
  )
}
