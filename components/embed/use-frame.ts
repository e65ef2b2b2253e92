import { useEffect, useMemo, useRef, useState } from 'react'
import type { Go } from '@/components/checkout/checkout'
import { askServer, SessionEnded } from './ask-server'
import type { FrameFacts, FrameScreen, FrameWish } from './frame'
import { tellHost } from './host-news'

export type FrameState = { at: 'look-up' | 'loading' | 'ended' | 'lost' } | { at: 'screen'; screen: FrameScreen }

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
    if (mine !== turn.current) return
    // What is shown is asked for again: a payment that goes on is not lost behind what else there is to pay.
    const shown = next.at === 'screen' ? attemptShown(next.screen) : undefined
    if (shown !== undefined) wish.current = { attemptId: shown }
    setState((now) => (next.at === 'lost' && now.at === 'screen' ? now : next))
  }

  async function begin(wanted: FrameWish = {}): Promise<void> {
    wish.current = wanted
    await load()
    document.getElementById('heading')?.focus()
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what they call reads its state from where it is kept
  const go = useMemo(
    (): Go => ({
      reload: () => void load(),
      toResult: (attemptId) => {
        wish.current = { attemptId }
        void load()
      },
    }),
    [server],
  )
  return {
    state,
    server,
    go,
    session: () => token.current,
    reload: go.reload,
    /** From a payment back to what there is to pay. */
    payRest: () => begin({ isRest: true }),
    found: async (found: string) => {
      token.current = found
      await begin()
    },
    lookUp: () => {
      token.current = undefined
      setState({ at: 'look-up' })
    },
  }
}

function attemptShown(screen: FrameScreen): string | undefined {
  if (screen.show !== 'outcome' || screen.checkout.show !== 'outcome') return undefined
  return screen.checkout.facts.attemptId
}
