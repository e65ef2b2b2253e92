import { ListSkeleton } from '../../page-skeletons'

export default function DocumentsLoading() {
  return <ListSkeleton name="Documents" tabs />
}
