import type { ReactNode } from 'react'

/** Wraps the skeleton of a page: announced once as loading, the bars themselves are not read. */
export function LoadingRegion({ children, word = 'Loading' }: { children: ReactNode; word?: string }) {
  return (
    <div aria-busy="true" className="contents">
      <p role="status" className="sr-only">
        {word}
      </p>
      {children}
    </div>
  )
}
