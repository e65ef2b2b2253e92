import { ListSkeleton } from '../../page-skeletons'

export default function SettingsLoading() {
  return <ListSkeleton name="Settings" />
}
