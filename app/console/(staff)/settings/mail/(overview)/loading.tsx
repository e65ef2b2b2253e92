import { ListSkeleton } from '../../../page-skeletons'

export default function MailLoading() {
  return <ListSkeleton name="Mail" />
}
