import { useEffect, useMemo, useRef, useState } from 'react'
import type { Go } from '@/components/checkout/checkout'
import { askServer, SessionEnded } from './ask-server'
import type { FrameFacts, FrameScreen, FrameWish } from './frame'
import { tellHost } from './host-news'

export type FrameState =
  | { at: 'look-up' | 'loading' | 'ended' | 'lost' }
  | { at: 'screen'; screen: FrameScreen; pick?: Pick }

/** Invoices that were ticked and that the screen does not show yet: asked for, or asked for in vain. */
export type Pick = { ids: string[]; isLost: boolean }

/** Where the frame is, and what leads on from there. The token of the session lives here, and nowhere else. */
export function useFrame(facts: FrameFacts, session: string | undefined) {
  const [state, setState] = useState<FrameState>({ at: session === undefined ? 'look-up' : 'loading' })
  const token = useRef(session)
  const wish = useRef<FrameWish>({})
  const turn = useRef(0)
  const server = useMemo(() => askServer(facts, () => token.current), [facts])

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the frame is there
  useEffect(() => {
    if (session !== undefined) void load()
    tellHost({ type: 'ready' })
  }, [])

  async function load(): Promise<void> {
    turn.current += 1
    const mine = turn.current
    const next = await server.open(wish.current).then(
      (screen): FrameState => ({ at: 'screen', screen }),
      (error: unknown): FrameState => ({ at: error instanceof SessionEnded ? 'ended' : 'lost' }),
    )
    // An answer that a later question has overtaken is not shown; and what is on the screen outlives a lost answer.
    if (mine === turn.current)
      setState((now) => (next.at === 'lost' && now.at === 'screen' ? withoutAnswer(now) : next))
  }

  function wishFor(next: FrameWish): void {
    wish.current = next
    void load()
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what they call reads its state from where it is kept
  const go = useMemo(
    (): Go => ({ reload: () => void load(), toResult: (attemptId) => wishFor({ attemptId }) }),
    [server],
  )
  return {
    state,
    server,
    go,
    session: () => token.current,
    reload: () => {
      setState((now) => (now.at === 'screen' && now.pick !== undefined ? waiting(now, now.pick.ids) : now))
      void load()
    },
    pick: (picked: string[]) => {
      setState((now) => (now.at === 'screen' ? waiting(now, picked) : now))
      wishFor({ picked })
    },
    found: async (found: string) => {
      token.current = found
      wish.current = {}
      await load()
      document.getElementById('heading')?.focus()
    },
    lookUp: () => {
      token.current = undefined
      setState({ at: 'look-up' })
    },
  }
}

type OnScreen = Extract<FrameState, { at: 'screen' }>

function waiting(now: OnScreen, ids: string[]): FrameState {
  return { ...now, pick: { ids, isLost: false } }
}

/** What was ticked stays ticked and says that it did not get through, instead of turning back by itself. */
function withoutAnswer(now: OnScreen): FrameState {
  return now.pick === undefined ? now : { ...now, pick: { ...now.pick, isLost: true } }
}
