import { KeyRound } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { mayKeepKeys } from '@/lib/access/actor'
import { listApiKeys } from '@/lib/access/list-api-keys'
import { requireStaff } from '@/lib/access/require-staff'
import { env } from '@/lib/base/env'
import { getShell } from '@/lib/reports/shell'
import { TwoColumns } from '../../two-columns'
import { SettingsFrame } from '../settings-frame'
import { KeysTable } from './keys-table'
import { NewKeyForm } from './new-key-form'

export const metadata = { title: 'API keys' }

export default async function ApiKeysPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const { said } = await searchParams
  const [keys, { timeZone }] = await Promise.all([listApiKeys(actor), getShell(actor)])
  const canKeep = mayKeepKeys(actor)
  return (
    <SettingsFrame here="/console/settings/api-keys">
      <PageHeader
        title="API keys"
        sub={
          <>
            Programs of yours ask <span className="mono">{env().PUBLIC_URL}/api/v1</span> with a secret key.
          </>
        }
      />
      {said === 'revoked' && (
        <Notice tone="good" role="status">
          The key is revoked. Whatever used it is refused from now on.
        </Notice>
      )}
      {said === 'not-revoked' && (
        <Notice tone="bad" role="alert" title="Nothing was revoked.">
          The key has ended already, or you are not an owner.
        </Notice>
      )}
      <TwoColumns
        main={
          <Card title="Keys" flush>
            {keys.length === 0 ? (
              <Empty icon={KeyRound} title="No keys yet">
                A key appears here once an owner has made one.
              </Empty>
            ) : (
              <KeysTable keys={keys} timeZone={timeZone} canKeep={canKeep} />
            )}
          </Card>
        }
        side={
          <Card title="New key">
            {canKeep ? (
              <NewKeyForm />
            ) : (
              <p className="text-sm text-text-2">Only an owner makes keys: whoever holds one sees all your figures.</p>
            )}
          </Card>
        }
      />
    </SettingsFrame>
  )
}
