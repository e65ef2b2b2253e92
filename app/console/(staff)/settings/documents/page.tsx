import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getClient } from '@/lib/billing/queries'
import { listKeptPapers } from '@/lib/papers/read-papers'
import { getTenant } from '@/lib/tenancy/queries'
import { orNotFound } from '../../or-not-found'
import { TwoColumns } from '../../two-columns'
import { SettingsFrame } from '../settings-frame'
import { PaperForm } from './paper-form'
import { PapersTable } from './papers-table'

export const metadata = { title: 'Documents' }

const said: Record<string, string> = {
  added: 'Handed out. It stands in the portal now.',
  replaced: 'Replaced. The portal shows the new one only.',
  withdrawn: 'Withdrawn. The portal no longer shows it.',
}

type Props = { searchParams: Promise<{ said?: string; client?: string; replace?: string }> }

/** What the MSP hands to its clients as PDF; with `client`, to that one alone. */
export default async function DocumentsPage({ searchParams }: Props) {
  const actor = await requireStaff()
  const { said: what = '', client: clientId, replace } = await searchParams
  const [papers, client, { timeZone }] = await Promise.all([
    listKeptPapers(actor, clientId),
    clientId === undefined ? undefined : orNotFound(getClient(actor, clientId)),
    withTenant(actor.tenantId, getTenant),
  ])
  const replaced = papers.find(({ id, withdrawn }) => id === replace && withdrawn === undefined)
  const ofClient = client === undefined ? {} : { clientId: client.id }
  const canManage = mayManage(actor)
  return (
    <SettingsFrame here="/console/settings/documents" below={client === undefined ? [] : [{ name: client.name }]}>
      <PageHeader
        title={client === undefined ? 'Documents' : `Documents for ${client.name}`}
        sub={
          client === undefined
            ? 'Tax forms, certificates and other papers that clients find in the portal.'
            : 'Only this client finds them in the portal, beside those for every client.'
        }
      />
      {said[what] !== undefined && (
        <Notice tone="good" role="status">
          {said[what]}
        </Notice>
      )}
      <TwoColumns
        main={
          <Card title="Handed out" flush>
            <PapersTable papers={papers} timeZone={timeZone} canManage={canManage} {...ofClient} />
          </Card>
        }
        side={
          <Card
            title={
              replaced !== undefined
                ? `Replace ${replaced.title}`
                : client === undefined
                  ? 'For every client'
                  : `For ${client.name}`
            }
            foot={
              client === undefined ? (
                <>One for a single client is handed out from that client’s page.</>
              ) : (
                <Link href="/console/settings/documents">Documents for every client</Link>
              )
            }
          >
            {!canManage ? (
              <p className="text-sm text-text-2">Owners and finance hand out documents.</p>
            ) : replaced === undefined ? (
              <PaperForm key={papers.length} target={ofClient} />
            ) : (
              <PaperForm
                key={replaced.id}
                target={{ replaces: replaced.id, ...ofClient }}
                title={replaced.title}
                {...(replaced.year !== undefined && { year: replaced.year })}
              />
            )}
          </Card>
        }
      />
    </SettingsFrame>
  )
}
