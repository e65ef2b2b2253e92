'use client'

import { useActionState, useState } from 'react'
import { Field } from '@/components/ui/field'
import { inputLook } from '@/components/ui/input-look'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { paperLimits, pdfRefusals } from '@/lib/papers/paper'
import { handOut, type PaperTarget } from './acts'

type Props = {
  target: PaperTarget
  /** Those of the paper whose place is taken. */
  title?: string
  year?: number
}

/** What it is, of which year, and the file. */
export function PaperForm({ target, title, year }: Props) {
  const [state, act] = useActionState(handOut.bind(null, target), undefined)
  // Said before it is sent: what is far too heavy does not reach us at all.
  const [isHeavy, setHeavy] = useState(false)
  const problems = state?.problems ?? {}
  const kept = state?.kept ?? { title: title ?? '', year: year === undefined ? '' : String(year) }
  return (
    <form
      action={act}
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        if (isHeavy) event.preventDefault()
      }}
    >
      {state !== undefined && (
        <Notice tone="bad" role="alert" title="Not handed out.">
          {problems.refused ?? 'What is wrong stands below.'}
        </Notice>
      )}
      <TextField
        label="Title"
        name="title"
        maxLength={paperLimits.titleLength}
        defaultValue={kept.title}
        error={problems.title}
        hint="As clients read it, in their language"
        autoComplete="off"
      />
      <TextField
        label="Year"
        name="year"
        inputMode="numeric"
        maxLength={4}
        defaultValue={kept.year}
        error={problems.year}
        hint="The tax year, or empty"
        autoComplete="off"
        className="max-w-[140px]"
      />
      <Field
        label="File"
        hint="PDF, at most 3 MB, without password, scripts or attachments"
        error={isHeavy ? pdfRefusals['too-heavy'] : problems.file}
      >
        {(wiring) => (
          <input
            {...wiring}
            type="file"
            name="file"
            accept="application/pdf"
            onChange={({ target: { files } }) => setHeavy((files?.[0]?.size ?? 0) > paperLimits.bytesMax)}
            className={`${inputLook} py-1 file:mr-2.5 file:rounded-sm file:border-0 file:bg-hover file:px-2 file:py-0.5 file:text-sm`}
          />
        )}
      </Field>
      <div>
        <SubmitButton busy="Checking it">{target.replaces === undefined ? 'Hand it out' : 'Replace it'}</SubmitButton>
      </div>
    </form>
  )
}
