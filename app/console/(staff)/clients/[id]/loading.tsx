import { RecordSkeleton } from '../../page-skeletons'

export default function ClientLoading() {
  return <RecordSkeleton crumbs={[{ name: 'Clients', href: '/console/clients' }]} figures />
}
