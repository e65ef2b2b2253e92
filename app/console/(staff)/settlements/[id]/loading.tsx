import { RecordSkeleton } from '../../page-skeletons'

export default function SettlementLoading() {
  return <RecordSkeleton crumbs={[{ name: 'Settlements', href: '/console/settlements' }]} />
}
