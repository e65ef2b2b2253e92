import { fromDecimal } from '@/lib/money/wire'

/**
 * Adds up an exported journal from its text alone, as a stranger would: it knows the format and nothing of our tables.
 * @returns the balance per `account currency`, zeros left out
 * @throws Error for a transaction that does not balance
 */
export function addUpJournal(text: string): Map<string, bigint> {
  const balances = new Map<string, bigint>()
  for (const transaction of text.split(/\n(?=\d{4}-\d{2}-\d{2} )/)) {
    const [heading = '', ...lines] = transaction.split('\n')
    const sums = new Map<string, bigint>()
    for (const line of lines) {
      const match = /^ {4}(\S+) {2}(-?[\d.]+) ([A-Z]{3})$/.exec(line)
      if (match === null) continue
      const [, account = '', amount = '', currency = ''] = match
      const { minor } = fromDecimal(amount, currency)
      sums.set(currency, (sums.get(currency) ?? 0n) + minor)
      const key = `${account} ${currency}`
      balances.set(key, (balances.get(key) ?? 0n) + minor)
    }
    for (const [currency, left] of sums) if (left !== 0n) throw new Error(`${heading} leaves ${left} ${currency} over`)
  }
  return new Map([...balances].filter(([, minor]) => minor !== 0n))
}
