import { ListSkeleton } from '../page-skeletons'

export default function SecurityLoading() {
  return <ListSkeleton name="Sign-in and security" />
}
