import 'server-only'
import type { Accounting, AccountMapping } from '@/lib/connectors/contract'
import { bankAccountsIn, type ChosenAccounts } from './account-mapping'
import type { RefusalWords } from './refusal-words'

/** What a posting goes by, or why it cannot be brought over as it is. */
export type PostingGround = { ok: true; mapping: AccountMapping; isForeign: boolean } | ({ ok: false } & RefusalWords)

const again = 'then post again'

/**
 * The accounts a posting in this currency goes to. One in another currency than the books' own needs books that keep it,
 * and a bank account in it, where its payout arrives as it is: the one that is chosen, else the one that is found. Money
 * is never brought over as if it were another's.
 * @throws ConnectorFault
 */
export async function groundOf<Secret>(
  connector: Accounting<Secret>,
  secret: Secret,
  { currency, own }: { currency: string; own: string },
  { mapping, bankIn }: ChosenAccounts,
  system: string,
): Promise<PostingGround> {
  if (currency === own) return { ok: true, mapping, isForeign: false }
  const { home, isKept } = (await connector.currencyOf?.(secret, currency)) ?? { home: own, isKept: false }
  if (currency === home) return { ok: true, mapping, isForeign: false }
  if (!isKept)
    return {
      ok: false,
      detail: `${system} keeps ${home} only, and this is in ${currency}.`,
      nextStep: `Switch multicurrency on in ${system} and add a bank account in ${currency}, ${again}; or book it by hand.`,
    }
  const accounts = await connector.pullAccounts(secret)
  const theirs = connector.suggestMapping(accounts, currency)
  const chosen = bankIn[currency]
  if (chosen !== undefined && bankAccountsIn(accounts, currency).every(({ externalId }) => externalId !== chosen))
    return {
      ok: false,
      detail: `The bank account chosen for payouts in ${currency} is no more in ${system}.`,
      nextStep: `Choose another under Connections, ${again}.`,
    }
  const bank = chosen ?? theirs.bank
  if (bank === undefined)
    return {
      ok: false,
      detail: `${system} has no bank account in ${currency} that a payout could arrive at.`,
      nextStep: `Add a bank account in ${currency} in ${system}, ${again}.`,
    }
  // What clients owe in it stands in an account of its own: never in that of the books' own currency.
  const { receivable: _, ...shared } = mapping
  return { ok: true, isForeign: true, mapping: { ...shared, ...theirs, bank } }
}
