import { CircleSlash2 } from 'lucide-react'
import { Empty } from '@/components/ui/empty'
import { LinkButton } from '@/components/ui/link-button'
import { PageFrame } from './page-frame'

export default function ConsoleNotFound() {
  return (
    <PageFrame crumbs={[{ name: 'Not found' }]}>
      <h1 className="sr-only">There is nothing at this address</h1>
      <Empty
        icon={CircleSlash2}
        title="There is nothing at this address"
        action={<LinkButton href="/console">To today</LinkButton>}
      >
        It may have been merged or removed in the PSA.
      </Empty>
    </PageFrame>
  )
}
