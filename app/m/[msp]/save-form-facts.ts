import 'server-only'
import type { SaveFormFacts } from '@/components/checkout/save-form'
import { waysIn } from '@/components/checkout/ways-in'
import type { PlainDate } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import { savingFacts } from './saving-facts'

type Reader = { tenant: Tenant; locale: Locale; today: PlainDate }

/**
 * The form that saves a card or an account of this client, as plain data; the same behind every door.
 * @param email for Stripe's own mails about it, and ours
 * @returns undefined where the client's money can go no way that is kept
 */
export async function saveFormFacts(
  { tenantId, clientId }: { tenantId: string; clientId: string },
  reader: Reader,
  email: string,
): Promise<SaveFormFacts | 'not-connected' | undefined> {
  const { tenant, locale } = reader
  const words = wordsIn(locale)
  const { terms, client } = await withTenant(tenantId, async (tx) => ({
    terms: await checkoutTerms(tx),
    client: await tx.row<{ name: string; currency: string }>(
      sql`select name, currency from clients where tenant_id = ${tx.tenantId} and id = ${clientId}`,
    ),
  }))
  if (terms === undefined) return 'not-connected'
  const currency = client?.currency ?? tenant.currency
  // An agreement to pre-authorized debits has to be confirmed in writing: without an address there is none.
  const types = waysIn(currency, terms.methods).filter((type) => type !== 'acss_debit' || email !== '')
  if (types.length === 0) return undefined
  return {
    ...{ terms, locale, types, currency, email },
    businessName: tenant.name,
    clientName: client?.name ?? '',
    setupId: newId(),
    saving: savingFacts(reader, client?.name ?? ''),
    words: {
      what: words('methods.what'),
      bank: words('pay.bank'),
      bankSub: words('methods.bankSub'),
      pad: words('pay.pad'),
      padNext: words('pay.padNext'),
      padClosed: words('methods.padClosed'),
      card: words('pay.card'),
      cardSub: words('methods.cardSub'),
      saveBank: words('methods.saveBank'),
      saveCard: words('methods.saveCard'),
      saving: words('methods.saving'),
      checking: words('pay.confirming'),
      mustAgree: words('methods.mustAgree'),
      mustSay: words('methods.mustSay'),
      savedCard: words('methods.savedCard'),
      savedBank: words('methods.savedBank'),
      deposits: words('methods.depositsSent'),
      unknown: words('methods.unknown'),
      fieldsLoading: words('pay.fieldsLoading'),
      fieldsBlocked: words('methods.fieldsBlocked'),
    },
  }
}
