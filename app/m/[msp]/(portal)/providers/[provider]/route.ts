import { redirect } from 'next/navigation'
import { addressAtProvider } from '@/lib/access/providers'
import { requireContact } from '@/lib/access/require-contact'
import { orNotFound } from '../../../or-not-found'

/** On to the portal of another MSP that knows the person, in the language that is read here. */
export async function GET(request: Request, { params }: { params: Promise<{ msp: string; provider: string }> }) {
  const { msp, provider } = await params
  const actor = await requireContact(msp)
  const address = await orNotFound(addressAtProvider(actor, provider))
  const lang = new URL(request.url).searchParams.get('lang')
  redirect(lang === null ? address : `${address}&lang=${encodeURIComponent(lang)}`)
}
