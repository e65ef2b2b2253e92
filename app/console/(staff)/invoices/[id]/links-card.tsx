import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { KeyValue } from '@/components/ui/key-value'
import { SubmitButton } from '@/components/ui/submit-button'
import type { PayLinkView } from '@/lib/reports/invoice-record'
import { at } from '../../when'
import { revokeLinks } from './revoke-links'

type Props = { invoiceId: string; links: PayLinkView[]; timeZone: string; mayClose: boolean }

/** The links that open this invoice without sign-in: who got each, and whether it was looked at. */
export function LinksCard({ invoiceId, links, timeZone, mayClose }: Props) {
  if (links.length === 0) return null
  return (
    <Card title="Links that open it">
      <div className="grid gap-4">
        <KeyValue
          items={links.map(({ id, sentTo, createdAt, viewedAt }) => ({
            key: id,
            label: sentTo ?? 'Copied by staff',
            value: viewedAt === undefined ? `made ${at(createdAt, timeZone)}` : `viewed ${at(viewedAt, timeZone)}`,
          }))}
        />
        {mayClose && (
          <ConfirmDialog opener="Close all links" openerTone="plain" title="Close all links to this invoice?">
            <p className="text-sm text-text-2">
              Whoever opens one is offered a new link, mailed to the addresses on file. Nothing else changes.
            </p>
            <form action={revokeLinks}>
              <input type="hidden" name="id" value={invoiceId} />
              <SubmitButton busy="Closing">Close all links</SubmitButton>
            </form>
          </ConfirmDialog>
        )}
      </div>
    </Card>
  )
}
