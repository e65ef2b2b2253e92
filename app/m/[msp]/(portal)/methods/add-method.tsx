'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type SaveActs, type Saved, SaveForm, type SaveFormFacts } from '@/components/checkout/save-form'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'

type Props = { facts: SaveFormFacts; words: { title: string; open: string; close: string } } & SaveActs

/** The way to save another card or account: closed at first, so that the list is what the page is about. */
export function AddMethod({ facts, words, save, ask }: Props) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [said, setSaid] = useState<Saved>()

  if (!isOpen)
    return (
      <div className="grid gap-3">
        {said !== undefined && (
          <Notice tone={said.is === 'saved' ? 'good' : 'warn'} role="status">
            {said.text}
          </Notice>
        )}
        <button
          type="button"
          onClick={() => {
            setSaid(undefined)
            setOpen(true)
          }}
          className={buttonLook('primary', 'normal', 'justify-self-start')}
        >
          <Plus aria-hidden size={16} />
          {words.open}
        </button>
      </div>
    )
  return (
    <Card title={words.title} className="max-w-130">
      <div className="grid gap-4">
        <SaveForm
          facts={facts}
          save={save}
          ask={ask}
          done={(saved) => {
            setSaid(saved)
            setOpen(false)
            router.refresh()
          }}
        />
        <Button tone="quiet" onClick={() => setOpen(false)}>
          {words.close}
        </Button>
      </div>
    </Card>
  )
}
