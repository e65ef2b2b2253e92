import { ListSkeleton } from '../../page-skeletons'

export default function ApiLoading() {
  return <ListSkeleton name="API" tabs />
}
