import { ListSkeleton } from '../../page-skeletons'

export default function BrandLoading() {
  return <ListSkeleton name="Brand" />
}
