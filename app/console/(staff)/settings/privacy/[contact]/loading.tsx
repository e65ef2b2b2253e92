import { RecordSkeleton } from '../../../page-skeletons'

export default function PersonLoading() {
  return (
    <RecordSkeleton
      crumbs={[
        { name: 'Settings', href: '/console/settings' },
        { name: 'Personal data', href: '/console/settings/privacy' },
      ]}
    />
  )
}
