'use client'

import { Copy, Send } from 'lucide-react'
import { useActionState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { makeLink, send } from './send'

type Props = { invoiceId: string; to: { name: string; email: string } | undefined; sentBefore: boolean }

/** Two acts: a fresh pay link to copy, shown once, and the mail to the billing contact. */
export function SendForm({ invoiceId, to, sentBefore }: Props) {
  const [link, act] = useActionState(makeLink, undefined)
  return (
    <>
      {link === undefined ? (
        <form action={act}>
          <input type="hidden" name="id" value={invoiceId} />
          <SubmitButton tone="plain" busy="Making it">
            <span className="inline-flex items-center gap-1.5">
              <Copy aria-hidden size={16} />
              Pay link
            </span>
          </SubmitButton>
        </form>
      ) : (
        <label className="flex items-center gap-2 text-sm">
          <span className="sr-only">A pay link for this invoice, shown once</span>
          <input
            readOnly
            value={link}
            onFocus={(event) => {
              event.currentTarget.select()
              void navigator.clipboard?.writeText(link).catch(() => {})
            }}
            className="min-h-(--control) w-64 max-w-full rounded-sm border border-edge bg-surface px-2.5 text-sm"
          />
        </label>
      )}
      <form action={send}>
        <input type="hidden" name="id" value={invoiceId} />
        <SubmitButton busy="Sending">
          <span className="inline-flex items-center gap-1.5">
            <Send aria-hidden size={16} />
            {sentBefore ? 'Send again' : 'Send'}
            {to !== undefined && ` to ${to.name}`}
          </span>
        </SubmitButton>
      </form>
    </>
  )
}
