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
import { ConnectForm } from '../connect-form'
import { ConnectionStatus } from '../connection-status'
import { DisconnectDialog } from '../disconnect-dialog'
import { Menu, Steps } from '../steps'
import { WhomCard } from '../whom-card'
import { beginStripe, checkStripe, connectStripeKey, disconnectFromStripe } from './acts'

export const metadata = { title: 'Stripe' }

type Search = { said?: string; returned?: string; again?: string }

export default async function StripePage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await requireStaff()
  const search = await searchParams
  const [{ payments }, { timeZone }] = await Promise.all([listConnections(actor), getShell(actor)])
  const canManage = mayManage(actor)
  const hasPlatform = env().STRIPE_SECRET_KEY !== ''
  return (
    <PageFrame crumbs={[{ name: 'Connections', href: '/console/connections' }, { name: 'Stripe' }]}>
      <PageHeader
        title="Stripe"
        sub="Charges run on your own account: you are the merchant, the money never passes through us."
        aside={<ConnectionStatus connection={payments} />}
      />
      <Said search={search} />
      <TwoColumns
        main={
          <>
            {canManage && hasPlatform && (payments === undefined || payments.missing.length > 0) && (
              <OnboardingCard isBegun={payments !== undefined} />
            )}
            {canManage && (payments === undefined || payments.state === 'needs_reconnect') && <KeyCard />}
            {payments !== undefined && <HowCard />}
          </>
        }
        side={
          payments === undefined ? (
            <HowCard />
          ) : (
            <WhomCard connection={payments} timeZone={timeZone} acts={canManage && <Acts />} />
          )
        }
      />
    </PageFrame>
  )
}

function Said({ search: { said, returned, again } }: { search: Search }) {
  if (returned !== undefined)
    return (
      <Notice tone="move" title="Back from Stripe." role="status">
        Press “Check now” to see what your account may do by now. Stripe may need a few minutes to confirm what you
        entered.
      </Notice>
    )
  if (again !== undefined)
    return (
      <Notice tone="warn" title="That link to Stripe had run out." role="status">
        Start once more; what you entered there is kept.
      </Notice>
    )
  if (said === 'checked')
    return (
      <Notice tone="good" role="status">
        Stripe answered. What is missing is listed at the right.
      </Notice>
    )
  if (said === 'waiting')
    return (
      <Notice tone="warn" title="Nothing was changed yet." role="status">
        Where payouts go is changed by two: an owner or finance person other than you approves it on Today. Then come
        back within a day.
      </Notice>
    )
  if (said === 'connected')
    return (
      <Notice tone="good" role="status">
        Connected. Clients can pay from now on.
      </Notice>
    )
  return null
}

function Acts() {
  return (
    <>
      <form action={checkStripe}>
        <SubmitButton tone="plain" busy="Asking Stripe">
          Check now
        </SubmitButton>
      </form>
      <DisconnectDialog name="Stripe" act={disconnectFromStripe}>
        <p>Nobody can pay online from then on. Payments under way finish at Stripe, but we no longer hear of them.</p>
        <p>Payments made, payouts and the journal stay as they are.</p>
      </DisconnectDialog>
    </>
  )
}

function OnboardingCard({ isBegun }: { isBegun: boolean }) {
  return (
    <Card title={isBegun ? 'Go on at Stripe' : 'Open or connect your account at Stripe'}>
      <div className="grid gap-5">
        <Steps
          steps={[
            {
              key: 'go',
              text: 'Press the button. Stripe asks who you are, where to pay out, and who may sign for the company.',
            },
            { key: 'have', text: 'Have at hand: the company’s tax id, a bank account, and the owner’s details.' },
            { key: 'back', text: 'Stripe sends you back here, and this page says whether anything is still missing.' },
          ]}
        />
        <form action={beginStripe}>
          <SubmitButton busy="Opening Stripe">{isBegun ? 'Continue at Stripe' : 'Start at Stripe'}</SubmitButton>
        </form>
      </div>
    </Card>
  )
}

function KeyCard() {
  return (
    <Card
      title="Or use a key of your own account"
      aside={<span className="text-text-3 text-xs">For an install with one MSP</span>}
    >
      <div className="grid gap-6">
        <Steps
          steps={[
            {
              key: 'open',
              text: (
                <>
                  In Stripe open <Menu>Developers › API keys</Menu> and press <Menu>Create restricted key</Menu>.
                </>
              ),
            },
            {
              key: 'rights',
              text: (
                <>
                  Give it <Menu>Write</Menu> on Charges and Refunds, PaymentIntents, SetupIntents, PaymentMethods,
                  Customers, Confirmation tokens and Webhook Endpoints; <Menu>Read</Menu> on Balance, Balance
                  transactions, Payouts, Disputes, Mandates, Events and Account.
                </>
              ),
            },
            {
              key: 'paste',
              text: 'Paste it here with the publishable key from the same page. We add the webhook endpoint with it.',
            },
          ]}
        />
        <ConnectForm
          act={connectStripeKey}
          busy="Asking Stripe"
          button="Connect Stripe"
          fields={[
            {
              name: 'secretKey',
              label: 'Restricted key',
              secret: true,
              hint: 'Starts with rk_. Kept encrypted; it is never shown again',
            },
            { name: 'publishableKey', label: 'Publishable key', hint: 'Starts with pk_' },
          ]}
        />
      </div>
    </Card>
  )
}

function HowCard() {
  return (
    <Card title="How money moves">
      <ul className="grid list-disc gap-2 pl-4 text-sm text-text-2">
        <li>Cards are paid at once. Bank debits are on their way for up to four banking days and count only then.</li>
        <li>Stripe takes its fee from each payment and pays the rest out to your bank on its schedule.</li>
        <li>We keep no card or account numbers: they go from the client’s browser to Stripe.</li>
      </ul>
    </Card>
  )
}
