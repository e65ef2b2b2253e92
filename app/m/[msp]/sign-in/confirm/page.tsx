import type { Metadata } from 'next'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { asksForCode } from '@/lib/access/confirm-sign-in'
import { readCookie } from '@/lib/access/cookies'
import { localeOf, wordsIn } from '@/messages/words'
import { findMsp } from '../../msp'
import { Door } from '../door'
import { confirm } from './confirm'

type Props = {
  params: Promise<{ msp: string }>
  searchParams: Promise<{ lang?: string; token?: string; because?: string; left?: string }>
}

/** The address holds a secret: it is told to nobody. */
export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const { name, locale } = await findMsp(msp)
  const title = `${wordsIn(localeOf(lang, locale))('signIn.title')}, ${name}`
  return { title: { absolute: title }, referrer: 'no-referrer', robots: { index: false, follow: false } }
}

const refusals = ['unknown', 'expired', 'busy'] as const

/** Where the mailed link leads. Opening it signs nobody in: mail scanners open links too. A press does. */
export default async function ConfirmPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, token = '', because, left }] = await Promise.all([params, searchParams])
  const tenant = await findMsp(msp)
  const locale = localeOf(lang, tenant.locale)
  const words = wordsIn(locale)
  const refused = token === '' ? (refusals.find((one) => one === because) ?? 'unknown') : undefined
  const title = words('signIn.confirmTitle', { name: tenant.name })
  if (refused !== undefined)
    return (
      <Door {...{ tenant, locale, title }} path="/sign-in" text={words(`signIn.${refused}`)}>
        <p>
          <a href={`/m/${msp}/sign-in`}>{words('signIn.newLink')}</a>
        </p>
      </Door>
    )
  const browserToken = (await readCookie('browser')) ?? ''
  const needsCode = await asksForCode({ audience: 'contact', tenantId: tenant.id, token, browserToken })
  const text = words(needsCode ? 'signIn.other-browser' : 'signIn.confirmText')
  return (
    <Door {...{ tenant, locale, title, text }} path="/sign-in">
      <form action={confirm.bind(null, msp)} className="grid gap-5">
        <input type="hidden" name="token" value={token} />
        {needsCode && (
          <TextField
            label={words('signIn.code')}
            name="code"
            inputMode="numeric"
            autoComplete="off"
            maxLength={9}
            required
            error={because === 'code' ? words('signIn.wrongCode', { left: Number(left) || 1 }) : undefined}
          />
        )}
        <SubmitButton size="block" busy={words('signIn.sending')}>
          {words('signIn.confirmButton')}
        </SubmitButton>
      </form>
    </Door>
  )
}
