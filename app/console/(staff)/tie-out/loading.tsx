import { ListSkeleton } from '../page-skeletons'

export default function TieOutLoading() {
  return <ListSkeleton name="Tie-out" />
}
