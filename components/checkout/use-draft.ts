'use client'

import { type Dispatch, type SetStateAction, useEffect, useState } from 'react'

/**
 * State that outlives a reload in this tab, and a step back. A browser that keeps nothing, as in a frame of another
 * site, only forgets it. `kept` says whether something that was stored still makes sense. The last of what it returns
 * forgets what was stored, and leaves what is shown.
 */
export function useDraft<State>(
  key: string,
  initial: State,
  kept: (stored: unknown) => State | undefined,
): [State, Dispatch<SetStateAction<State>>, () => void] {
  const [state, setState] = useState(initial)
  const [isRead, setRead] = useState(false)
  // After the first paint: the server knows no draft, and both must show the same first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the page stands
  useEffect(() => {
    const stored = attempt(() => sessionStorage.getItem(key))
    const found = stored == null ? undefined : kept(attempt(() => JSON.parse(stored)))
    if (found !== undefined) setState(found)
    setRead(true)
  }, [])
  useEffect(() => {
    if (isRead) attempt(() => sessionStorage.setItem(key, JSON.stringify(state)))
  }, [key, state, isRead])
  return [state, setState, () => attempt(() => sessionStorage.removeItem(key))]
}

function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
