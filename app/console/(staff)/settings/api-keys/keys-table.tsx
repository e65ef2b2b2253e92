import { Ban, CircleCheck, Clock } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { ApiKeyRow } from '@/lib/access/list-api-keys'
import { now } from '@/lib/base/clock'
import { ago, at } from '../../when'
import { revokeKey } from './acts'
import { RotateForm } from './rotate-form'

type Props = { keys: ApiKeyRow[]; timeZone: string; canKeep: boolean }

/** Every key there ever was; those that have ended stay as a record. */
export function KeysTable({ keys, timeZone, canKeep }: Props) {
  return (
    <Table caption="API keys" wide>
      <thead>
        <tr>
          <Th>Used by</Th>
          <Th>Key</Th>
          <Th>It may</Th>
          <Th num>Last used</Th>
          {canKeep && (
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          )}
        </tr>
      </thead>
      <Tbody>
        {keys.map((key) => (
          <Tr key={key.id}>
            <Td>
              <div className="font-medium">{key.name}</div>
              <div className="text-text-3 text-xs">
                {key.createdBy}, {at(key.createdAt, timeZone)}
              </div>
            </Td>
            <Td>
              <div className="mono whitespace-nowrap">{key.prefix}…</div>
              <KeyState apiKey={key} timeZone={timeZone} />
            </Td>
            <Td>{key.scopes.join(', ')}</Td>
            <Td num>{key.lastUsedAt === null ? 'never' : ago(key.lastUsedAt, now(), timeZone)}</Td>
            {canKeep && (
              <Td>
                {key.state !== 'ended' && (
                  <div className="flex justify-end gap-1.5">
                    {key.state === 'works' && (
                      <ConfirmDialog opener="Rotate" title={`Rotate the key of ${key.name}`} cancel="Close">
                        <p className="text-sm">A new key with the same rights takes its place.</p>
                        <RotateForm keyId={key.id} />
                      </ConfirmDialog>
                    )}
                    <ConfirmDialog
                      opener="Revoke"
                      openerTone="danger"
                      title={`Revoke the key of ${key.name}`}
                      cancel="Keep it"
                    >
                      <p className="text-sm">
                        Whatever uses <span className="mono">{key.prefix}…</span> is refused from now on. This cannot be
                        undone.
                      </p>
                      <form action={revokeKey}>
                        <input type="hidden" name="id" value={key.id} />
                        <SubmitButton tone="danger" size="block" busy="Revoking">
                          Revoke it
                        </SubmitButton>
                      </form>
                    </ConfirmDialog>
                  </div>
                )}
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

function KeyState({ apiKey, timeZone }: { apiKey: ApiKeyRow; timeZone: string }) {
  const ends = apiKey.endsAt === null ? '' : at(apiKey.endsAt, timeZone)
  switch (apiKey.state) {
    case 'works':
      return (
        <Badge tone="good" icon={CircleCheck} plain>
          Works
        </Badge>
      )
    case 'ends':
      return (
        <Badge tone="warn" icon={Clock} plain>
          Works until {ends}
        </Badge>
      )
    case 'ended':
      return (
        <Badge icon={Ban} plain>
          Ended {ends}
        </Badge>
      )
  }
}
