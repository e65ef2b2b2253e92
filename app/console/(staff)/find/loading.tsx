import { ListSkeleton } from '../page-skeletons'

export default function FindLoading() {
  return <ListSkeleton name="Find" />
}
