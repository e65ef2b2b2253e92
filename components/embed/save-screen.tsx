import { useState } from 'react'
import { type SaveActs, type Saved, SaveForm } from '@/components/checkout/save-form'
import { Notice } from '@/components/ui/notice'
import type { FrameScreen } from './frame'
import { tellHost } from './host-news'

type Props = { screen: Extract<FrameScreen, { show: 'save' }>; acts: SaveActs; reload: () => void }

/** Whose card or account, and the same form that saves one in the portal. Once saved, that is all there is to say. */
export function SaveScreen({ screen, acts, reload }: Props) {
  const { title, facts } = screen
  const [here, setHere] = useState<Saved>()
  // Said at once; how the server names what was saved takes its place.
  const saved = screen.saved ?? here

  function done(now: Saved) {
    setHere(now)
    tellHost({ type: now.is })
    reload()
  }

  return (
    <div className="grid gap-4 p-4.5 wide:p-6">
      <div>
        <h1 id="heading" tabIndex={-1} className="h2">
          {title}
        </h1>
        <p className="text-sm text-text-3">{facts.clientName}</p>
      </div>
      {saved === undefined ? (
        <SaveForm facts={facts} {...acts} done={done} />
      ) : (
        <Notice tone={saved.is === 'saved' ? 'good' : 'warn'} role="status">
          {saved.text}
        </Notice>
      )}
    </div>
  )
}
