import { createRoot } from 'react-dom/client'
import type { FrameFacts } from './frame'
import { FrameApp } from './frame-app'
import { keepHeight, tellHost, tellThrough } from './host-news'
import { joinWindow } from './join-window'

/** Begins the frame: asks the page around, or the frame that opened us, for a session; without either there is none. */
async function begin(): Promise<void> {
  const facts: FrameFacts = JSON.parse(document.getElementById('facts')?.textContent ?? '')
  const place = document.getElementById('frame')
  if (place === null) return
  const nonce = location.hash.slice(1)
  const isFramed = parent !== window
  // In a frame, only a page on the MSP's list is spoken to; any other could not have framed us.
  if (isFramed && facts.host === undefined) return
  const [other, origin] = isFramed ? [parent, facts.host] : [ownOpener(), location.origin]
  let session: string | undefined
  if (other !== null && origin !== undefined && nonce !== '') {
    const line = await joinWindow(other, origin, nonce)
    tellThrough(line.port)
    session = line.session
  }
  createRoot(place).render(<FrameApp facts={facts} session={session} />)
  keepHeight(place)
  if (facts.isDialog)
    addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (key === 'Escape' && !defaultPrevented) tellHost({ type: 'closed' })
    })
}

/** The window that opened us, where it is a frame of ours: any other is not even asked. */
function ownOpener(): Window | null {
  const opener: Window | null = window.opener
  try {
    return opener?.location.origin === location.origin ? opener : null
  } catch {
    return null // of another origin
  }
}

void begin()
