'use client'

import Link from 'next/link'
import { createElement, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/select-field'
import { type SnippetChoice, snippet } from './snippet'

type Props = { web: string; msp: string }

/** Builds the code to copy, and shows beside it what it does. */
export function SnippetBuilder({ web, msp }: Props) {
  const [choice, setChoice] = useState<SnippetChoice>({ payer: 'visitor', place: 'page', locale: '', theme: '' })
  const [isCopied, setCopied] = useState(false)
  const code = snippet(web, msp, choice)

  useEffect(() => {
    const script = document.createElement('script')
    script.src = '/embed/v1.js'
    document.head.append(script)
    return () => script.remove()
  }, [])

  function choose(part: Partial<SnippetChoice>) {
    setChoice((before) => ({ ...before, ...part }))
    setCopied(false)
  }

  return (
    <div className="grid gap-5 wide:grid-cols-2">
      <div className="grid content-start gap-4">
        <SelectField
          label="Who pays"
          value={choice.payer}
          onChange={(event) => choose({ payer: event.target.value === 'client' ? 'client' : 'visitor' })}
        >
          <option value="visitor">A visitor who has the invoice before them</option>
          <option value="client">A client your site knows, by a session of your server</option>
        </SelectField>
        <div className="grid gap-4 wide:grid-cols-3">
          <SelectField
            label="Where"
            value={choice.place}
            onChange={(event) => choose({ place: event.target.value === 'dialog' ? 'dialog' : 'page' })}
          >
            <option value="page">In the page</option>
            <option value="dialog">In a dialog, by a button</option>
          </SelectField>
          <SelectField
            label="Language"
            value={choice.locale}
            onChange={({ target: { value } }) =>
              choose({ locale: value === 'en-US' || value === 'fr-CA' ? value : '' })
            }
          >
            <option value="">Yours</option>
            <option value="en-US">English</option>
            <option value="fr-CA">French</option>
          </SelectField>
          <SelectField
            label="Theme"
            value={choice.theme}
            onChange={({ target: { value } }) => choose({ theme: value === 'light' || value === 'dark' ? value : '' })}
          >
            <option value="">The visitor’s</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </SelectField>
        </div>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-md border border-hairline bg-sunken p-3 text-sm mono"
        >
          {code}
        </pre>
        <div>
          <Button
            onClick={() => {
              void navigator.clipboard.writeText(code).then(() => setCopied(true))
            }}
          >
            {isCopied ? 'Copied' : 'Copy the code'}
          </Button>
        </div>
        {choice.payer === 'client' && (
          <p className="text-sm text-text-2">
            For each visit your server asks for a session, with its{' '}
            <Link href="/console/settings/api-keys" className="text-link underline">
              secret key
            </Link>
            , and writes it in place of <span className="mono">{'{{ session }}'}</span>. It is good for half an hour,
            for one client, and for what you asked it for: these invoices, or whatever is open.
          </p>
        )}
      </div>
      <div className="grid content-start gap-2">
        <p className="label">What a visitor sees</p>
        {/* Another key, another frame: each choice is shown from the start. */}
        {createElement(
          'closeloop-checkout',
          {
            key: code,
            msp,
            locale: choice.locale,
            theme: choice.theme,
            mode: choice.place === 'dialog' ? 'dialog' : '',
          },
          <a href={`/embed/${msp}`}>{choice.locale === 'fr-CA' ? 'Payer votre facture' : 'Pay your bill'}</a>,
        )}
      </div>
    </div>
  )
}
