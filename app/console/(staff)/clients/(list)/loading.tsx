import { ListSkeleton } from '../../page-skeletons'

export default function ClientsLoading() {
  return <ListSkeleton name="Clients" />
}
