import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { StaffActor } from '@/lib/access/require-staff'
import { accountRoles, labelOf } from '@/lib/accounting/account-mapping'
import { type AccountChoice, readAccountChoice } from '@/lib/accounting/choose-accounts'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { saveAccounts } from './acts'

/** Which account plays which role: what is chosen, else what we suggest. */
export async function AccountsCard({ actor, canManage }: { actor: StaffActor; canManage: boolean }) {
  const choice = await readAccountChoice(actor).catch((fault: unknown) => {
    if (fault instanceof ConnectorFault) return undefined
    throw fault
  })
  if (choice === undefined)
    return (
      <Card title="Accounts">
        <Notice tone="warn" title="QuickBooks is not answering.">
          The accounts chosen before stay in use. Load this page again in a moment to change them.
        </Notice>
      </Card>
    )
  const { accounts, mapping, suggested, missing, banksIn } = choice
  const active = accounts.filter((account) => account.active)
  return (
    <Card title="Accounts" aside={<span className="text-text-3 text-xs">Chosen once</span>}>
      <form action={saveAccounts} className="grid gap-4">
        {missing.length > 0 && (
          <Notice tone="bad" title="Nothing can be posted yet.">
            {missing.map(labelOf).join(', ')} {missing.length === 1 ? 'needs' : 'need'} an account.
          </Notice>
        )}
        <div className="grid gap-4 wide:grid-cols-2">
          {accountRoles.map(({ role, label, use, needed }) => (
            <SelectField
              key={role}
              name={role}
              label={label}
              hint={needed ? use : `${use}. Optional for now`}
              defaultValue={mapping[role] ?? suggested[role] ?? ''}
              disabled={!canManage}
            >
              <option value="">{needed ? 'Choose an account' : 'None'}</option>
              {active.map(({ externalId, name, type }) => (
                <option key={externalId} value={externalId}>
                  {name} ({type})
                </option>
              ))}
            </SelectField>
          ))}
          {banksIn.map((choice) => (
            <BankField key={choice.currency} choice={choice} disabled={!canManage} />
          ))}
        </div>
        {canManage && (
          <div>
            <SubmitButton busy="Saving">Save accounts</SubmitButton>
          </div>
        )}
      </form>
    </Card>
  )
}

type BankProps = { choice: AccountChoice['banksIn'][number]; disabled: boolean }

/** One that was chosen and is gone is to be chosen anew: no other is put in its place unseen. */
function BankField({ choice: { currency, accounts, chosen, suggested }, disabled }: BankProps) {
  const wanted = chosen ?? suggested
  const isThere = accounts.some(({ externalId }) => externalId === wanted)
  return (
    <SelectField
      name={`bankIn.${currency}`}
      label={`Bank account in ${currency}`}
      hint={
        accounts.length === 0
          ? `QuickBooks has none. Add one there for payouts in ${currency}`
          : `Where payouts in ${currency} arrive`
      }
      defaultValue={isThere ? wanted : ''}
      disabled={disabled}
    >
      {!isThere && <option value="">Choose an account</option>}
      {accounts.map(({ externalId, name, type }) => (
        <option key={externalId} value={externalId}>
          {name} ({type})
        </option>
      ))}
    </SelectField>
  )
}
