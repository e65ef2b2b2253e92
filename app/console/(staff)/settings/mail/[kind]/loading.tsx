import { ListSkeleton } from '../../../page-skeletons'

export default function WordsLoading() {
  return <ListSkeleton name="Mail" />
}
