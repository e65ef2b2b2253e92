import { RecordSkeleton } from '../../page-skeletons'

export default function ConnectionLoading() {
  return <RecordSkeleton crumbs={[{ name: 'Connections', href: '/console/connections' }]} />
}
