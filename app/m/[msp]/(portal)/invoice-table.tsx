import type { InvoiceRow } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import { type Money, minus, zero } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import { InvoiceRows } from './invoice-rows'
import { invoiceStatusWord } from './invoice-status'
import { titleOf } from './invoice-title'
import type { Visitor } from './visitor'

type Props = {
  items: InvoiceRow[]
  visitor: Visitor
  /** Whether open ones can be chosen to be paid together. */
  canPick?: boolean
}

/**
 * Invoices in rows that open. The rows cross to the browser as words, not as elements: drawn as server components, fifty
 * of them cost three times as much to send and to render.
 */
export function InvoiceTable({ items, visitor, canPick = false }: Props) {
  const { locale, today, href } = visitor
  const words = wordsIn(locale)
  const currencies = [...new Set(items.filter(isPayable).map(({ balance }) => balance.currency))]
  return (
    <InvoiceRows
      {...(canPick && currencies.length > 0 ? { pick: pickWords(visitor, currencies) } : {})}
      heads={{
        caption: words('portal.invoices'),
        invoice: words('portal.invoice'),
        due: words('portal.due'),
        status: words('portal.status'),
        open: words('portal.open'),
      }}
      href={href('/invoices/{id}')}
      rows={items.map((invoice) => {
        const { status, word } = invoiceStatusWord(invoice, locale, today)
        const title = titleOf(invoice, words('document.creditMemo'), words('portal.invoice'))
        return {
          ...title,
          id: invoice.id,
          due: invoice.kind === 'credit_memo' ? '' : formatDay(invoice.dueOn, locale, 'table', today),
          status,
          word,
          open: formatMoney(owedBy(invoice), locale),
          ...(isPayable(invoice)
            ? {
                number: invoice.number,
                payable: { minor: invoice.balance.minor.toString(), currency: invoice.balance.currency },
              }
            : {}),
          ...(invoice.balance.minor === 0n || status === 'on_its_way' ? { isQuiet: true as const } : {}),
        }
      })}
    />
  )
}

/** A credit memo takes off what the others owe. */
function owedBy({ kind, balance }: InvoiceRow): Money {
  return kind === 'credit_memo' ? minus(zero(balance.currency), balance) : balance
}

/** Open, and nothing on its way that would pay it. */
function isPayable({ kind, status, balance }: InvoiceRow): boolean {
  return kind === 'invoice' && balance.minor > 0n && status !== 'on_its_way' && status !== 'void'
}

function pickWords({ locale, href, lang }: Visitor, [currency = '', ...more]: string[]) {
  const words = wordsIn(locale)
  return {
    ...{ currency, locale, lang, href: href('/pay').split('?')[0] ?? '' },
    label: words('portal.pick', { number: '{number}' }),
    counts: {
      none: words('portal.picked', { count: 0 }),
      one: words('portal.picked', { count: 1 }),
      several: words('portal.picked', { count: 2 }).replace('2', '#'),
    },
    pay: words('portal.payPicked', { amount: '{amount}' }),
    ...(more.length > 0 && { oneCurrency: words('portal.oneCurrency') }),
  }
}
