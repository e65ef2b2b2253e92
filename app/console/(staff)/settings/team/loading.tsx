import { ListSkeleton } from '../../page-skeletons'

export default function TeamLoading() {
  return <ListSkeleton name="Team" tabs />
}
