import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getTenant } from '@/lib/tenancy/queries'
import { TwoColumns } from '../../../two-columns'
import { shortDay } from '../../../when'
import { SettingsFrame } from '../../settings-frame'
import { erase } from '../acts'
import { DeclineDialog } from '../decline-dialog'
import { holdWords, outlookWords } from './outlook-words'
import { readOutlook } from './read-outlook'

export const metadata = { title: 'Erase a person' }

type Props = { params: Promise<{ contact: string }>; searchParams: Promise<{ said?: string }> }

/** One person: what erasing them takes away, what stays, and what an owner must know before. */
export default async function ErasePage({ params, searchParams }: Props) {
  const actor = await requireStaff()
  const [{ contact }, { said }] = await Promise.all([params, searchParams])
  const [outlook, { timeZone }] = await Promise.all([readOutlook(contact), withTenant(actor.tenantId, getTenant)])
  const { contactId, name, email, client, askedAt, hold } = outlook
  const asked = askedAt === undefined ? 'They have not asked in the portal' : `Asked ${shortDay(askedAt, timeZone)}`
  return (
    <SettingsFrame here="/console/settings/privacy" below={[{ name }]}>
      <PageHeader title={`Erase ${name}`} sub={`${[client.name, email].filter(Boolean).join(', ')}. ${asked}.`} />
      {hold !== undefined && (
        <Notice tone="warn" title="Not possible yet." role={said === 'held' ? 'alert' : 'status'}>
          {holdWords[hold]}
        </Notice>
      )}
      <TwoColumns
        main={
          <Card title="Before you do">
            <ul className="grid gap-3 text-sm">
              {outlookWords(outlook).map(({ title, text }) => (
                <li key={title} className="grid gap-0.5">
                  <span className="font-medium">{title}</span>
                  <span className="text-text-2">{text}</span>
                </li>
              ))}
            </ul>
          </Card>
        }
        side={
          <Card
            title="Erase"
            {...(actor.role === 'owner' && askedAt !== undefined
              ? { foot: <DeclineDialog contactId={contactId} name={name} /> }
              : {})}
          >
            {actor.role !== 'owner' ? (
              <p className="text-sm text-text-2">Only an owner does this.</p>
            ) : hold !== undefined ? (
              <p className="text-sm text-text-2">It can be done once what stands above is settled.</p>
            ) : (
              <div className="grid justify-items-start gap-3 text-sm">
                <p className="text-text-2">
                  It cannot be undone, and is written into the audit trail without the name.
                </p>
                <ConfirmDialog opener="Erase" openerTone="danger" title={`Erase ${name}?`} cancel="Keep them">
                  <p className="text-sm text-text-2">
                    Their name, address, sessions, sign-ins and passkeys go for good. They cannot come in any more.
                  </p>
                  <form action={erase}>
                    <input type="hidden" name="id" value={contactId} />
                    <SubmitButton tone="danger" busy="Erasing">
                      Erase for good
                    </SubmitButton>
                  </form>
                </ConfirmDialog>
              </div>
            )}
          </Card>
        }
      />
    </SettingsFrame>
  )
}
