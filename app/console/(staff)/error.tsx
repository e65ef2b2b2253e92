'use client'

import { CloudOff } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { PageFrame } from './page-frame'

/** The shell stays; what could not be loaded says so, with one button. */
export default function ConsoleError({ reset }: { reset: () => void }) {
  return (
    <PageFrame crumbs={[{ name: 'Not loaded' }]}>
      <h1 className="sr-only">This page could not be loaded</h1>
      <Empty icon={CloudOff} title="This page could not be loaded" action={<Button onClick={reset}>Load again</Button>}>
        Nothing was changed. Payments, mails and postings go on in the background whatever this page does.
      </Empty>
    </PageFrame>
  )
}
