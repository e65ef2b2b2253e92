import { RecordSkeleton } from '../../../../page-skeletons'

export default function DeliveryLoading() {
  return (
    <RecordSkeleton
      crumbs={[
        { name: 'Settings', href: '/console/settings' },
        { name: 'Webhooks', href: '/console/settings/webhooks' },
      ]}
    />
  )
}
