export const dynamic = 'force-dynamic'

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

/** Fifty invoices out of nowhere: no database, no session, no brand. */
export default function Invoices() {
  const rows = Array.from({ length: 50 }, (_, at) => ({
    id: `0199-${at}`,
    number: String(20_000 + at),
    name: 'Managed services',
    due: day.format(new Date(Date.UTC(2026, 10, 1 + (at % 28)))),
    status: at % 3 === 0 ? 'Open' : 'Paid',
    open: dollars.format(at * 100.01),
  }))
  return (
    <main>
      <h1>Invoices</h1>
      <table>
        <thead>
          <tr>
            <th>Invoice</th>
            <th>Due</th>
            <th>Status</th>
            <th>Open</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, number, name, due, status, open }) => (
            <tr key={id}>
              <td>
                <a href={`/invoices/${id}`}>{name}</a>
                <div>{number}</div>
              </td>
              <td>{due}</td>
              <td>
                <span>{status}</span>
              </td>
              <td>{open}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  )
}
