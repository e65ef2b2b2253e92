import type { ReactNode } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SubmitButton } from '@/components/ui/submit-button'

type Props = { name: string; act: () => Promise<void>; children: ReactNode }

/** Says what stops and what stays. */
export function DisconnectDialog({ name, act, children }: Props) {
  return (
    <ConfirmDialog opener="Disconnect" openerTone="danger" title={`Disconnect ${name}`} cancel="Keep it connected">
      <div className="grid gap-2 text-sm">{children}</div>
      <form action={act}>
        <SubmitButton tone="danger" size="block" busy="Disconnecting">
          Disconnect {name}
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}
