import { type ReactNode, Suspense } from 'react'

type Props<Value> = {
  load: () => Promise<Value>
  /** Shown when it takes longer than 200 ms. */
  fallback: ReactNode
  children: (value: Value) => ReactNode
}

const patienceMs = 200

/**
 * Waits a moment for what nearly always comes at once, so that the page arrives whole; only a slow answer is streamed
 * after a skeleton.
 */
export async function Soon<Value>({ load, fallback, children }: Props<Value>): Promise<ReactNode> {
  const value = load()
  const late = Symbol('late')
  const first = await Promise.race([value, pause(patienceMs).then(() => late)])
  if (first !== late) return children(await value)
  return (
    <Suspense fallback={fallback}>
      <Late value={value}>{children}</Late>
    </Suspense>
  )
}

async function Late<Value>({
  value,
  children,
}: { value: Promise<Value> } & Pick<Props<Value>, 'children'>): Promise<ReactNode> {
  return children(await value)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
