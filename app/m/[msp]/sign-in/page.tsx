import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Notice } from '@/components/ui/notice'
import { readCookie } from '@/lib/access/cookies'
import { introducedAs } from '@/lib/access/providers'
import { currentReader } from '@/lib/access/require-contact'
import { codeOf, readableCode } from '@/lib/access/sign-in-code'
import { localeOf, wordsIn } from '@/messages/words'
import { findMsp } from '../msp'
import { askForLink } from './ask-for-link'
import { AskForm } from './ask-form'
import { Door } from './door'
import { askPasskey, showPasskey } from './passkey'
import { PasskeyButton } from './passkey-button'

type Props = {
  params: Promise<{ msp: string }>
  searchParams: Promise<{ lang?: string; asked?: string; left?: string; as?: string }>
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const { name, locale } = await findMsp(msp)
  const title = `${wordsIn(localeOf(lang, locale))('signIn.title')}, ${name}`
  return { title: { absolute: title }, robots: { index: false, follow: false } }
}

/** Asking for a link, and then: check your mail. */
export default async function SignInPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, asked, left, as }] = await Promise.all([params, searchParams])
  const tenant = await findMsp(msp)
  // From another MSP's portal: whoever is in here already goes on, the others find their address typed.
  if (as !== undefined && (await currentReader(msp)) !== undefined)
    redirect(`/m/${tenant.slug}${lang === undefined ? '' : `?lang=${encodeURIComponent(lang)}`}`)
  const locale = localeOf(lang, tenant.locale)
  const words = wordsIn(locale)
  if (asked !== undefined) {
    const browserToken = await readCookie('browser')
    return (
      <Door
        tenant={tenant}
        locale={locale}
        path="/sign-in?asked=1"
        title={words('signIn.checkTitle')}
        text={words('signIn.checkText', { name: tenant.name })}
      >
        {browserToken !== undefined && (
          <p className="text-text-2">
            {words('signIn.elsewhere')}{' '}
            <strong className="mono whitespace-nowrap text-text">{readableCode(codeOf(browserToken))}</strong>
          </p>
        )}
        <p>
          <a href={`/m/${msp}/sign-in`}>{words('signIn.again')}</a>
        </p>
      </Door>
    )
  }
  return (
    <Door
      tenant={tenant}
      locale={locale}
      path={as === undefined ? '/sign-in' : `/sign-in?as=${encodeURIComponent(as)}`}
      title={words('signIn.title')}
      text={words('signIn.text', { name: tenant.name })}
    >
      {left !== undefined && <Notice tone="good">{words('signIn.signedOut')}</Notice>}
      <AskForm
        ask={askForLink.bind(null, msp, lang)}
        email={as === undefined ? undefined : introducedAs(tenant.slug, as)}
        words={{
          email: words('signIn.email'),
          button: words('signIn.button'),
          sending: words('signIn.sending'),
          problems: { address: words('signIn.emailMissing'), busy: words('signIn.busy') },
        }}
      />
      <PasskeyButton
        ask={askPasskey.bind(null, msp)}
        show={showPasskey.bind(null, msp)}
        words={{ button: words('signIn.passkey'), problem: words('signIn.passkeyProblem') }}
      />
    </Door>
  )
}
