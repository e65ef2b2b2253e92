import { RecordSkeleton } from '../../page-skeletons'

export default function PaymentLoading() {
  return <RecordSkeleton crumbs={[{ name: 'Payments', href: '/console/payments' }]} />
}
