import { ListSkeleton } from '../../../page-skeletons'

export default function PrivacyLoading() {
  return <ListSkeleton name="Personal data" tabs />
}
