import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/text-field'
import type { Brand } from '@/lib/tenancy/brand'
import type { Draft } from './use-draft'

type TextName = 'senderName' | 'replyTo' | 'supportEmail' | 'supportPhone' | 'postalAddress' | 'payByCheck'
type SpokenName = 'greeting' | 'helpLine'

/** Who writes, where to turn, and what is said in the MSP's own words. */
export function WordsCard({ draft }: { draft: Draft }) {
  return (
    <Card title="Sender and words">
      <div className="grid gap-x-4 gap-y-5 wide:grid-cols-2">
        <Text draft={draft} name="senderName" label="Mail is from" max={80} hint="Empty: the name clients see" />
        <Text
          draft={draft}
          name="replyTo"
          label="Answers go to"
          max={254}
          isAddress
          hint="Empty: the support address"
        />
        <Text draft={draft} name="supportEmail" label="Support address" max={254} isAddress />
        <Text draft={draft} name="supportPhone" label="Support phone" max={40} />
        <Text
          draft={draft}
          name="postalAddress"
          label="Postal address"
          max={200}
          hint="At the foot of every page, mail and PDF"
          isWide
        />
        <Spoken draft={draft} name="greeting" label="Greeting in mail" hint="A sentence under “Hello Dana,”" />
        <Spoken draft={draft} name="helpLine" label="Help line" hint="At the foot of pages and at the end of mail" />
        <Text
          draft={draft}
          name="payByCheck"
          label="How to pay by check or wire"
          max={400}
          hint="Shown beside the form, also without scripts"
          isWide
        />
      </div>
    </Card>
  )
}

type TextProps = {
  draft: Draft
  name: TextName
  label: string
  max: number
  hint?: string
  isAddress?: boolean
  isWide?: boolean
}

function Text({ draft, name, label, max, hint, isAddress = false, isWide = false }: TextProps) {
  const id = `brand.${name}`
  const cure = isAddress ? 'One address, like billing@example.com' : `One line of at most ${max} letters`
  return (
    <TextField
      id={id}
      label={label}
      type={isAddress ? 'email' : 'text'}
      value={draft.typed.brand[name]}
      maxLength={max}
      onChange={(event) => draft.setBrand({ [name]: event.target.value } satisfies Partial<Brand>)}
      hint={hint}
      error={draft.wrong.includes(id) ? cure : undefined}
      className={isWide ? 'wide:col-span-2' : ''}
    />
  )
}

const languages = { 'en-US': 'English', 'fr-CA': 'French' } as const

function Spoken({ draft, name, label, hint }: { draft: Draft; name: SpokenName; label: string; hint: string }) {
  const spoken = draft.typed.brand[name]
  return (['en-US', 'fr-CA'] as const).map((locale) => {
    const id = `brand.${name}.${locale}`
    return (
      <TextField
        key={locale}
        id={id}
        label={`${label}, ${languages[locale]}`}
        lang={locale}
        value={spoken[locale]}
        maxLength={200}
        onChange={(event) =>
          draft.setBrand({ [name]: { ...spoken, [locale]: event.target.value } } satisfies Partial<Brand>)
        }
        hint={hint}
        error={draft.wrong.includes(id) ? 'One line of at most 200 letters' : undefined}
      />
    )
  })
}
