import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { KeyValue } from '@/components/ui/key-value'
import { SubmitButton } from '@/components/ui/submit-button'
import type { PayLinkView } from '@/lib/reports/open-links'
import { at } from './when'

type Props = {
  title: string
  links: PayLinkView[]
  timeZone: string
  /** For whoever may close them: what they open, by its id, and the act. */
  close?: { id: string; question: string; note?: string; act: (form: FormData) => Promise<void> } | undefined
}

/** The links that open something without sign-in: who got each, and whether it was looked at. */
export function LinksCard({ title, links, timeZone, close }: Props) {
  if (links.length === 0) return null
  return (
    <Card title={title}>
      <div className="grid gap-4">
        <KeyValue
          items={links.map(({ id, sentTo, createdAt, viewedAt }) => ({
            key: id,
            label: <span className="[overflow-wrap:anywhere]">{sentTo ?? 'Copied by staff'}</span>,
            value: (
              <span className="whitespace-nowrap">
                {viewedAt === undefined ? `made ${at(createdAt, timeZone)}` : `viewed ${at(viewedAt, timeZone)}`}
              </span>
            ),
          }))}
        />
        {close !== undefined && (
          <ConfirmDialog opener="Close all links" openerTone="plain" title={close.question}>
            <p className="text-sm text-text-2">
              Whoever opens one is offered a new link, mailed to the addresses on file. Nothing else changes.
              {close.note !== undefined && ` ${close.note}`}
            </p>
            <form action={close.act}>
              <input type="hidden" name="id" value={close.id} />
              <SubmitButton busy="Closing">Close all links</SubmitButton>
            </form>
          </ConfirmDialog>
        )}
      </div>
    </Card>
  )
}
