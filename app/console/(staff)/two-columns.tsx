import type { ReactNode } from 'react'

/** The work at the left, what surrounds it at the right; one below the other where there is no room. */
export function TwoColumns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className="grid items-start gap-4 wide:gap-5 full:grid-cols-[minmax(0,1fr)_372px]">
      <div className="grid min-w-0 gap-4 wide:gap-5">{main}</div>
      <div className="grid min-w-0 gap-4 wide:gap-5">{side}</div>
    </div>
  )
}
