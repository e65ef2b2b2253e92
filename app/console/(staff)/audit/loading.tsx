import { ListSkeleton } from '../page-skeletons'

export default function AuditLoading() {
  return <ListSkeleton name="Audit trail" />
}
