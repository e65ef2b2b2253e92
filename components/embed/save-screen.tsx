import { useState } from 'react'
import type { VerifyProof } from '@/components/checkout/proof-of'
import { type Saved, SaveForm } from '@/components/checkout/save-form'
import { VerifyForm } from '@/components/checkout/verify-form'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { Server } from './ask-server'
import type { FrameScreen } from './frame'
import { tellHost } from './host-news'

type Props = { screen: Extract<FrameScreen, { show: 'save' }>; acts: Server['saving']; reload: () => void }

/**
 * Whose card or account, and the same form that saves one in the portal; an account that waits for its small deposits
 * is confirmed here. Once saved, that is all there is to say.
 */
export function SaveScreen({ screen, acts, reload }: Props) {
  const { title, facts, verify } = screen
  const [here, setHere] = useState<Saved>()
  // Said at once; how the server names what was saved takes its place.
  const saved = screen.saved ?? here

  function done(now: Saved) {
    setHere(now)
    tellHost({ type: now.is })
    reload()
  }

  async function prove(setupId: string, proof: VerifyProof): Promise<boolean> {
    const fits = await acts.verify(setupId, proof)
    if (fits) done({ is: 'saved', text: facts.words.savedBank })
    return fits
  }

  return (
    <div className="grid gap-4 p-4.5 wide:p-6">
      <div>
        <h1 id="heading" tabIndex={-1} className="h2">
          {title}
        </h1>
        <p className="text-sm text-text-3">{facts.clientName}</p>
      </div>
      {verify !== undefined && here?.is !== 'saved' && (
        <Card title={verify.title}>
          <div className="grid gap-4">
            <p className="text-text-2">{verify.text}</p>
            <VerifyForm
              words={verify.words}
              verify={(proof) => prove(verify.setupId, proof)}
              go={{ reload, toResult: reload }}
            />
          </div>
        </Card>
      )}
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
