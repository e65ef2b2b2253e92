import { ListSkeleton } from '../../page-skeletons'

export default function ApiKeysLoading() {
  return <ListSkeleton name="API keys" tabs />
}
