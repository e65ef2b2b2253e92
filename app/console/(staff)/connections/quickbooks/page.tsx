import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { env } from '@/lib/base/env'
import { listConnections } from '@/lib/reports/connections'
import { getShell } from '@/lib/reports/shell'
import { PageFrame } from '../../page-frame'
import { TwoColumns } from '../../two-columns'
import { ConnectionStatus } from '../connection-status'
import { DisconnectDialog } from '../disconnect-dialog'
import { Copyable, Menu, Steps } from '../steps'
import { WhomCard } from '../whom-card'
import { AccountsCard } from './accounts-card'
import { beginQuickbooks, checkQuickbooks, disconnectQuickbooks } from './acts'

export const metadata = { title: 'QuickBooks Online' }

type Search = { said?: string; reason?: string }

export default async function QuickbooksPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await requireStaff()
  const search = await searchParams
  const [{ accounting }, { timeZone }] = await Promise.all([listConnections(actor), getShell(actor)])
  const canManage = mayManage(actor)
  const hasApp = env().QUICKBOOKS_CLIENT_ID !== ''
  return (
    <PageFrame crumbs={[{ name: 'Connections', href: '/console/connections' }, { name: 'QuickBooks Online' }]}>
      <PageHeader
        title="QuickBooks Online"
        sub="Each payment goes on its invoice, each payout becomes one deposit that equals the bank line."
        aside={<ConnectionStatus connection={accounting} />}
      />
      <Said search={search} />
      <TwoColumns
        main={
          accounting === undefined || accounting.state === 'needs_reconnect' ? (
            <ConnectCard canManage={canManage} hasApp={hasApp} />
          ) : (
            <AccountsCard actor={actor} canManage={canManage} />
          )
        }
        side={
          <>
            {accounting !== undefined && (
              <WhomCard connection={accounting} timeZone={timeZone} acts={canManage && <Acts />} />
            )}
            <WhatCard />
          </>
        }
      />
    </PageFrame>
  )
}

function Acts() {
  return (
    <>
      <form action={checkQuickbooks}>
        <SubmitButton tone="plain" busy="Asking QuickBooks">
          Check now
        </SubmitButton>
      </form>
      <DisconnectDialog name="QuickBooks" act={disconnectQuickbooks}>
        <p>Nothing more is posted. What was posted stays in QuickBooks, and stays known here.</p>
        <p>Connect the same company again and what waited is posted by itself.</p>
      </DisconnectDialog>
    </>
  )
}

function Said({ search: { said, reason } }: { search: Search }) {
  switch (said) {
    case 'connected':
      return (
        <Notice tone="good" role="status" title="Connected.">
          We have chosen an account for each use, by its type. Look them over once below.
        </Notice>
      )
    case 'accounts':
      return (
        <Notice tone="good" role="status">
          The accounts are saved. What waited for them is posted by itself.
        </Notice>
      )
    case 'checked':
      return (
        <Notice tone="good" role="status">
          QuickBooks answered. What is missing is listed at the right.
        </Notice>
      )
    case 'unreachable':
      return (
        <Notice tone="bad" role="status">
          QuickBooks did not answer. What we knew stands; try again in a moment.
        </Notice>
      )
    case 'refused':
      return (
        <Notice tone="bad" role="status" title="It was not connected.">
          {(reason ?? '').slice(0, 300)}
        </Notice>
      )
    default:
      return null
  }
}

function ConnectCard({ canManage, hasApp }: { canManage: boolean; hasApp: boolean }) {
  return (
    <Card title="Connect it">
      <div className="grid gap-6">
        <Steps
          steps={[
            ...(hasApp
              ? []
              : [
                  {
                    key: 'app',
                    text: (
                      <>
                        At developer.intuit.com open <Menu>Dashboard › Create an app</Menu> and choose{' '}
                        <Menu>QuickBooks Online and Payments</Menu> with the scope{' '}
                        <Copyable>com.intuit.quickbooks.accounting</Copyable>.
                      </>
                    ),
                  },
                  {
                    key: 'redirect',
                    text: (
                      <>
                        Under <Menu>Keys and credentials › Redirect URIs</Menu> add{' '}
                        <Copyable>{`${env().PUBLIC_URL}/api/oauth/quickbooks-online`}</Copyable>
                      </>
                    ),
                  },
                  {
                    key: 'env',
                    text: (
                      <>
                        Give the operator the client id and secret for <Copyable>QUICKBOOKS_CLIENT_ID</Copyable> and{' '}
                        <Copyable>QUICKBOOKS_CLIENT_SECRET</Copyable>, and restart.
                      </>
                    ),
                  },
                ]),
            {
              key: 'admin',
              text: 'Sign in to Intuit as a company admin or master administrator of the books you want to connect.',
            },
            { key: 'company', text: 'Choose the company and press Connect there. Intuit sends you back here.' },
          ]}
        />
        {canManage && hasApp && (
          <form action={beginQuickbooks}>
            <SubmitButton busy="Opening Intuit">Connect QuickBooks</SubmitButton>
          </form>
        )}
      </div>
    </Card>
  )
}

function WhatCard() {
  return (
    <Card title="What we post">
      <ul className="grid list-disc gap-2 pl-4 text-sm text-text-2">
        <li>A payment into undeposited funds, applied to the invoice with the PSA’s number.</li>
        <li>One deposit for each payout, with every payment and every fee as a line of its own.</li>
        <li>Refunds, returns and disputes as journal entries with their own date.</li>
        <li>Nothing is ever deleted there, and nothing is posted before the money has cleared.</li>
      </ul>
    </Card>
  )
}
