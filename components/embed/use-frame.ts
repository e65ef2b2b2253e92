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
    if (mine === turn.current) setState((now) => (next.at === 'lost' && now.at === 'screen' ? now : next))
  }

  async function begin(): Promise<void> {
    wish.current = {}
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
    payRest: begin,
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
