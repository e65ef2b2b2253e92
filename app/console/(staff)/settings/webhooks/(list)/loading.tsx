import { ListSkeleton } from '../../../page-skeletons'

export default function WebhooksLoading() {
  return <ListSkeleton name="Webhooks" tabs />
}
