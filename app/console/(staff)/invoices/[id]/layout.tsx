import type { ReactNode } from 'react'
import { readInvoice } from './read-invoice'

type Props = { children: ReactNode; params: Promise<{ id: string }> }

/** Stands outside the skeleton, so that what is not there is answered with 404, not with a page that says so. */
export default async function InvoiceLayout({ children, params }: Props) {
  await readInvoice((await params).id)
  return children
}
