import { ListSkeleton } from '../../page-skeletons'

export default function InvoicesLoading() {
  return <ListSkeleton name="Invoices" tabs />
}
