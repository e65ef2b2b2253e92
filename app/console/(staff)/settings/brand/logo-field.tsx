'use client'

import { Upload } from 'lucide-react'
import { type ChangeEvent, useState } from 'react'
import { BrandMark } from '@/components/brand/brand-mark'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { CheckField } from '@/components/ui/check-field'
import { TextField } from '@/components/ui/text-field'
import { brandVariables } from '@/lib/tenancy/brand-css'
import { bytesMax, logoRefusals } from '@/lib/tenancy/logo'
import { uploadLogo } from './acts'
import type { Draft } from './use-draft'

/** The logo as it stands, another in its place, or the letters shown where there is none. */
export function LogoField({ slug, draft }: { slug: string; draft: Draft }) {
  const [state, setState] = useState<'idle' | 'busy'>('idle')
  const [problem, setProblem] = useState('')
  const { typed, readable, wrong, setBrand } = draft
  const { logo } = typed.brand

  async function upload({ target }: ChangeEvent<HTMLInputElement>) {
    const [file] = target.files ?? []
    if (file === undefined) return
    target.value = ''
    if (file.size > bytesMax) return setProblem(logoRefusals['too-heavy'])
    setState('busy')
    setProblem('')
    const form = new FormData()
    form.set('logo', file)
    const answer = await uploadLogo(form)
    setState('idle')
    if (answer.ok) setBrand({ logo: answer.logo })
    else setProblem(answer.problem)
  }

  const variables = Object.fromEntries(
    brandVariables(readable.brand)
      .split(';')
      .map((declaration) => declaration.split(/:(.*)/s).slice(0, 2)),
  )
  return (
    <div className="grid content-start gap-1.5">
      <span className="font-medium text-sm leading-[18px]">Logo</span>
      <div className="flex flex-wrap items-center gap-3">
        <span
          className="grid min-h-12 place-items-center rounded-md border border-edge border-dashed px-3 py-2"
          style={variables}
        >
          <BrandMark
            tenant={{
              name: '',
              slug,
              brand: { ...readable.brand, initials: readable.brand.initials || readable.name.slice(0, 1) },
            }}
          />
        </span>
        <label
          className={buttonLook(
            'plain',
            'small',
            'has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2',
          )}
        >
          <Upload aria-hidden size={15} />
          {state === 'busy' ? 'Drawing it' : logo === null ? 'Upload' : 'Replace'}
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp,image/svg+xml"
            aria-label="Upload a logo"
            onChange={(event) => void upload(event)}
            className="sr-only"
          />
        </label>
        {logo !== null && (
          <Button tone="quiet" size="small" onClick={() => setBrand({ logo: null })}>
            Remove
          </Button>
        )}
      </div>
      <p
        role="status"
        className={problem === '' ? 'text-text-3 text-xs leading-[18px]' : 'text-bad text-sm leading-[18px]'}
      >
        {problem === '' ? 'SVG, PNG, JPEG or WebP, at least 112 px tall' : problem}
      </p>
      {logo === null ? (
        <TextField
          id="brand.initials"
          label="Letters in its place"
          value={typed.brand.initials}
          maxLength={2}
          onChange={(event) => setBrand({ initials: event.target.value })}
          error={wrong.includes('brand.initials') ? 'One or two letters' : undefined}
          className="max-w-[140px]"
        />
      ) : (
        <CheckField
          checked={logo.showsName}
          onChange={() => setBrand({ logo: { ...logo, showsName: !logo.showsName } })}
        >
          The logo shows the name
        </CheckField>
      )}
    </div>
  )
}
