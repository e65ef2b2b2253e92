import { ListSkeleton } from '../../page-skeletons'

export default function PaymentsLoading() {
  return <ListSkeleton name="Payments" tabs />
}
