'use client'

import { type ReactNode, useId, useRef } from 'react'
import { Button } from './button'
import { type ButtonSize, type ButtonTone, buttonLook } from './button-look'

type Props = {
  /** What opens it: “Refund”. */
  opener: ReactNode
  openerTone?: ButtonTone
  openerSize?: ButtonSize
  title: string
  /** What it will do, with the sums. */
  children: ReactNode
  /** Cancel by another word, where that is clearer: “Keep it connected”. */
  cancel?: string
}

/**
 * For what cannot be undone. It opens with the focus on Cancel; the act itself is a form among the children. The
 * browser's own dialog keeps the focus inside and closes on Escape.
 */
export function ConfirmDialog({ opener, openerTone, openerSize, title, children, cancel = 'Cancel' }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const out = useRef<HTMLButtonElement>(null)
  const titleId = useId()
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className={buttonLook(openerTone, openerSize)}
        onClick={() => {
          dialog.current?.showModal()
          // React's autoFocus acts once, while the dialog is still closed: by itself the first field would get the focus.
          out.current?.focus()
        }}
      >
        {opener}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="m-auto w-[calc(100%-2rem)] max-w-[440px] whitespace-normal rounded-lg border border-hairline bg-raised p-0 text-left text-text shadow-3 backdrop:bg-black/40"
      >
        <div className="grid gap-4 p-5">
          <h2 id={titleId} className="h2">
            {title}
          </h2>
          {children}
          <Button ref={out} tone="quiet" onClick={() => dialog.current?.close()}>
            {cancel}
          </Button>
        </div>
      </dialog>
    </>
  )
}
