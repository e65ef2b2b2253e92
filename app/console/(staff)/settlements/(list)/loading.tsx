import { ListSkeleton } from '../../page-skeletons'

export default function SettlementsLoading() {
  return <ListSkeleton name="Settlements" />
}
