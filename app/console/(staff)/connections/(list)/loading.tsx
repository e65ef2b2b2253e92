import { ListSkeleton } from '../../page-skeletons'

export default function ConnectionsLoading() {
  return <ListSkeleton name="Connections" />
}
