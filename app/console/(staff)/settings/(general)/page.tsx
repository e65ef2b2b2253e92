import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { CheckField } from '@/components/ui/check-field'
import { KeyValue } from '@/components/ui/key-value'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { toDecimal } from '@/lib/money/wire'
import { getTenant } from '@/lib/tenancy/queries'
import type { InvoiceRule } from '@/lib/tenancy/settings'
import { save } from '../save'
import { SettingsFrame } from '../settings-frame'

export const metadata = { title: 'Settings' }

const recipients: Record<InvoiceRule, string> = {
  billing: 'The billing contact',
  marked: 'Every contact marked for billing in the PSA',
  owners: 'The billing contact and the client’s owners in the portal',
}

export default async function SettingsPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const { said } = await searchParams
  const tenant = await withTenant(actor.tenantId, getTenant)
  const { settings } = tenant
  const canManage = mayManage(actor)
  return (
    <SettingsFrame here="/console/settings">
      <PageHeader title="Settings" sub="What clients are sent and offered." />
      {said === 'saved' && (
        <Notice tone="good" role="status">
          Saved. It holds from now on.
        </Notice>
      )}
      {said === 'minimum' && (
        <Notice tone="bad" role="status" title="Not saved.">
          The least that may be paid in part is an amount like 50.00, and at most a million.
        </Notice>
      )}
      {said === 'incomplete' && (
        <Notice tone="bad" role="status" title="Not saved.">
          At least one way to pay must stay.
        </Notice>
      )}
      <form action={save} className="grid max-w-[680px] gap-5">
        <fieldset disabled={!canManage} className="grid gap-5">
          <Card title="Company">
            <div className="grid gap-4">
              <KeyValue
                align="left"
                items={[
                  { key: 'name', label: 'Name', value: <Link href="/console/settings/brand">{tenant.name}</Link> },
                  { key: 'legal', label: 'Legal name', value: tenant.legalName },
                  { key: 'zone', label: 'Time zone', value: tenant.timeZone },
                  { key: 'currency', label: 'Currency', value: tenant.currency },
                  { key: 'portal', label: 'Portal', value: <span className="mono">/m/{tenant.slug}</span> },
                ]}
              />
            </div>
          </Card>
          <Card title="Sending">
            <div className="grid gap-4">
              <CheckField
                name="sendNewInvoices"
                defaultChecked={settings.sendNewInvoices}
                hint="Each new invoice is mailed with its pay link, once per version and address."
              >
                Send new invoices by themselves
              </CheckField>
              <SelectField
                label="Who gets them"
                name="invoiceRecipients"
                defaultValue={settings.invoiceRecipients}
                hint="Each person may do without in their preferences. Receipts and notices of debits go to the billing contact, or to whoever pays."
                className="max-w-[420px]"
              >
                {Object.entries(recipients).map(([rule, words]) => (
                  <option key={rule} value={rule}>
                    {words}
                  </option>
                ))}
              </SelectField>
              <TextField
                label="Not those issued before"
                name="sendFrom"
                type="date"
                defaultValue={settings.sendFrom ?? todayIn(tenant.timeZone)}
                hint="Older ones wait to be sent by hand"
                className="max-w-[220px]"
              />
            </div>
          </Card>
          <Card title="Ways to pay">
            <div className="grid gap-3">
              <CheckField
                name="acceptBankDebits"
                defaultChecked={settings.acceptBankDebits}
                hint="Stripe’s usual fee: 0.8%, at most $5.00. On its way for up to four banking days."
              >
                Bank account (ACH)
              </CheckField>
              <CheckField
                name="acceptPads"
                defaultChecked={settings.acceptPads}
                hint="For invoices in Canadian dollars. Needs to be active in your Stripe account. On its way for up to five banking days."
              >
                Bank account in Canada (pre-authorized debit)
              </CheckField>
              <CheckField
                name="acceptCards"
                defaultChecked={settings.acceptCards}
                hint="Stripe’s usual fee: 2.9% and 30¢. Paid at once."
              >
                Card
              </CheckField>
            </div>
          </Card>
          <Card title="How much">
            <div className="grid gap-4">
              <CheckField
                name="partial"
                defaultChecked={settings.partialPayments !== undefined}
                hint="Clients say why, and the reason goes to the invoice in the PSA. Without, an invoice is paid whole."
              >
                Invoices may be paid in part
              </CheckField>
              <div className="flex flex-wrap gap-4">
                <TextField
                  label="From this share on, in %"
                  name="partialPercent"
                  inputMode="decimal"
                  defaultValue={String((settings.partialPayments?.minimumBasisPoints ?? 0) / 100)}
                  className="max-w-[220px]"
                />
                <TextField
                  label={`And at least, in ${tenant.currency}`}
                  name="partialAmount"
                  inputMode="decimal"
                  defaultValue={toDecimal({
                    minor: BigInt(settings.partialPayments?.minimumMinor ?? 0),
                    currency: tenant.currency,
                  })}
                  className="max-w-[220px]"
                />
              </div>
              <CheckField
                name="keepOverpayments"
                defaultChecked={settings.keepOverpayments}
                hint="The rest is the client’s credit, and goes first the next time they pay."
              >
                More than what is owed may be paid
              </CheckField>
              <CheckField
                name="useCreditMemos"
                defaultChecked={settings.useCreditMemos}
                hint="They go first when the client pays. Each use is a task for you: apply it in the PSA and the books too."
              >
                Open credit memos pay invoices
              </CheckField>
            </div>
          </Card>
          <Card title="What else clients may do">
            <div className="grid gap-3">
              <CheckField
                name="questions"
                defaultChecked={settings.portal.questions}
                hint="About an invoice or one of its lines. The amount waits until you answer; without, they call or write."
              >
                Ask questions about an invoice
              </CheckField>
              <CheckField
                name="saving"
                defaultChecked={settings.portal.saving}
                hint="Kept at Stripe, with the wording they agreed to. Turned off, what is saved stays."
              >
                Save a card or a bank account
              </CheckField>
              <CheckField
                name="automatic"
                defaultChecked={settings.portal.automatic}
                hint="With notice before each charge. Turned off, those who have it keep it until they end it."
              >
                Have invoices charged by themselves
              </CheckField>
              <CheckField
                name="scheduling"
                defaultChecked={settings.portal.scheduling}
                hint="Up to the due date, with something they saved."
              >
                Set a payment for a date
              </CheckField>
            </div>
          </Card>
          {canManage && (
            <div>
              <SubmitButton busy="Saving">Save settings</SubmitButton>
            </div>
          )}
        </fieldset>
      </form>
    </SettingsFrame>
  )
}
