import { balanceOf, type InvoiceRecord } from './invoice-table.ts'
import type { Psa } from './psa.ts'

const linesPerPageMax = 48

/** A plain PDF of one page: what a person would print. Letters beyond Latin-1 come out as question marks. */
export function invoicePdf(psa: Psa, record: InvoiceRecord): Buffer {
  const { invoice } = record
  const client = psa.clients.get(invoice.clientId)?.client
  const money = (cents: number) => `$${(cents / 100).toFixed(2)}`
  const text = [
    psa.msp.name,
    `${psa.msp.street}, ${psa.msp.city}, ${psa.msp.state} ${psa.msp.zip}`,
    '',
    `${invoice.kind === 'CreditMemo' ? 'Credit memo' : 'Invoice'} ${invoice.number}`,
    `For ${client?.name ?? ''}`,
    `Date ${invoice.on}   Due ${invoice.dueOn}`,
    '',
    ...invoice.lines.map((line) => `${line.quantity} x ${line.description}   ${money(line.amountCents)}`),
    '',
    ...(invoice.taxes ?? [{ name: 'Sales tax', cents: invoice.taxCents }]).map(
      ({ name, cents }) => `${name} ${money(cents)}`,
    ),
    `Total ${money(invoice.totalCents)}`,
    `Balance ${money(balanceOf(record))}`,
  ]
  return pdf(text.slice(0, linesPerPageMax))
}

function pdf(lines: readonly string[]): Buffer {
  const escaped = lines.map((line) => line.replace(/[^\x20-\xff]/g, '?').replace(/[\\()]/g, '\\$&'))
  const content = `BT /F1 11 Tf 54 738 Td 14 TL ${escaped.map((line) => `(${line}) Tj T*`).join(' ')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const offset = Buffer.byteLength(file, 'latin1')
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = Buffer.byteLength(file, 'latin1')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
