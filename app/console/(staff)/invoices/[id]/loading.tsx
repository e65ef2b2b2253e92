import { RecordSkeleton } from '../../page-skeletons'

export default function InvoiceLoading() {
  return <RecordSkeleton crumbs={[{ name: 'Invoices', href: '/console/invoices' }]} />
}
