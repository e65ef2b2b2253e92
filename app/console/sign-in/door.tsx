import type { ReactNode } from 'react'
import { Mark } from '../mark'

/** What stands before the console: one card in the middle, one task. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-screen w-full max-w-[400px] content-center gap-6 px-4 py-10">
      <p className="flex items-center gap-2.5 font-semibold text-lg">
        <Mark size={26} />
        Closeloop
      </p>
      <div className="grid gap-4 rounded-lg border border-hairline bg-surface p-6 shadow-1">
        <h1 className="h1">{title}</h1>
        {children}
      </div>
    </main>
  )
}
