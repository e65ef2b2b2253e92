import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { listConnections } from '@/lib/reports/connections'
import { getShell } from '@/lib/reports/shell'
import { getSyncHealth, listRejected } from '@/lib/reports/sync-health'
import { PageFrame } from '../../page-frame'
import { TwoColumns } from '../../two-columns'
import { ConnectForm } from '../connect-form'
import { ConnectionStatus } from '../connection-status'
import { DisconnectDialog } from '../disconnect-dialog'
import { RejectedCard } from '../rejected-card'
import { Menu, Steps } from '../steps'
import { StreamsCard } from '../streams-card'
import { WhomCard } from '../whom-card'
import { checkConnectwise, connectConnectwise, disconnectConnectwise, syncConnectwise } from './acts'

export const metadata = { title: 'ConnectWise PSA' }

export default async function ConnectwisePage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const { said } = await searchParams
  const [{ psa }, health, { timeZone }] = await Promise.all([
    listConnections(actor),
    getSyncHealth(actor),
    getShell(actor),
  ])
  const rejected = psa === undefined ? [] : await listRejected(actor, psa.id)
  return (
    <PageFrame crumbs={[{ name: 'Connections', href: '/console/connections' }, { name: 'ConnectWise PSA' }]}>
      <PageHeader
        title="ConnectWise PSA"
        sub="We read clients, contacts, agreements and invoices, and write payments back on their invoices."
        aside={<ConnectionStatus connection={psa} />}
      />
      {said !== undefined && <Said said={said} />}
      <TwoColumns
        main={
          <>
            {psa !== undefined && <StreamsCard streams={health.streams[psa.id] ?? []} timeZone={timeZone} />}
            <RejectedCard rows={rejected} timeZone={timeZone} name="ConnectWise" />
            {(psa === undefined || psa.state === 'needs_reconnect') && mayManage(actor) && <ConnectCard />}
          </>
        }
        side={
          psa === undefined ? (
            <RightsCard />
          ) : (
            <>
              <WhomCard connection={psa} timeZone={timeZone} acts={mayManage(actor) && <Acts />} />
              <RightsCard />
            </>
          )
        }
      />
    </PageFrame>
  )
}

function Acts() {
  return (
    <>
      <form action={syncConnectwise}>
        <SubmitButton tone="plain" busy="Starting">
          Read now
        </SubmitButton>
      </form>
      <form action={syncConnectwise}>
        <input type="hidden" name="full" value="yes" />
        <SubmitButton tone="plain" busy="Starting">
          Read everything again
        </SubmitButton>
      </form>
      <form action={checkConnectwise}>
        <SubmitButton tone="plain" busy="Asking">
          Check rights
        </SubmitButton>
      </form>
      <DisconnectDialog name="ConnectWise" act={disconnectConnectwise}>
        <p>We stop reading invoices and stop writing payments back, and forget the keys.</p>
        <p>Invoices, payments and the journal stay. Clients can still pay what is open here.</p>
      </DisconnectDialog>
    </>
  )
}

const said: Record<string, { tone: 'good' | 'move' | 'bad'; text: string }> = {
  connected: { tone: 'good', text: 'Connected. The first full read has begun; rows appear as they come in.' },
  reading: { tone: 'move', text: 'Reading has begun. This page shows how far it is when you load it again.' },
  checked: { tone: 'good', text: 'ConnectWise answered. What it lets us do is listed at the right.' },
  unreachable: { tone: 'bad', text: 'ConnectWise did not answer. What we knew stands; try again in a moment.' },
}

function Said({ said: key }: { said: string }) {
  const news = said[key]
  return news === undefined ? null : (
    <Notice tone={news.tone} role="status">
      {news.text}
    </Notice>
  )
}

function ConnectCard() {
  return (
    <Card title="Connect it">
      <div className="grid gap-6">
        <Steps
          steps={[
            {
              key: 'role',
              text: (
                <>
                  In ConnectWise open <Menu>System › Security Roles</Menu> and add a role named Closeloop with the
                  rights listed on this page.
                </>
              ),
            },
            {
              key: 'member',
              text: (
                <>
                  Open <Menu>System › Members › API Members</Menu> and add a member with that role. It needs no license.
                </>
              ),
            },
            {
              key: 'keys',
              text: (
                <>
                  On the member’s tab <Menu>API Keys</Menu> press +, name the key Closeloop and save. The private key is
                  shown once.
                </>
              ),
            },
            { key: 'paste', text: 'Paste both keys here, with your company id: the one you type when you sign in.' },
          ]}
        />
        <ConnectForm
          act={connectConnectwise}
          busy="Asking ConnectWise"
          button="Connect ConnectWise"
          fields={[
            {
              name: 'baseUrl',
              label: 'Address',
              hint: 'Where you sign in, like na.myconnectwise.net or your own server',
              placeholder: 'na.myconnectwise.net',
            },
            { name: 'companyId', label: 'Company id' },
            { name: 'publicKey', label: 'Public key' },
            { name: 'privateKey', label: 'Private key', secret: true, hint: 'Kept encrypted; it is never shown again' },
          ]}
        />
      </div>
    </Card>
  )
}

const rights: [module: string, name: string, level: string][] = [
  ['Companies', 'Company Maintenance', 'Inquire all'],
  ['Companies', 'Contacts', 'Inquire all'],
  ['Finance', 'Agreements', 'Inquire all'],
  ['Finance', 'Invoicing', 'Add, edit, delete, inquire all'],
  ['Procurement', 'Products', 'Inquire all'],
  ['Time & Expense', 'Time Entry', 'Inquire all'],
  ['Time & Expense', 'Expense Entry', 'Inquire all'],
  ['System', 'API callbacks', 'Add, delete, inquire all'],
]

function RightsCard() {
  return (
    <Card title="Rights it needs">
      <dl className="grid gap-2 text-sm">
        {rights.map(([module, name, level]) => (
          <div key={name} className="flex justify-between gap-4">
            <dt>
              <span className="text-text-3">{module} › </span>
              {name}
            </dt>
            <dd className="text-right text-text-2">{level}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
