import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

type Props = {
  /** Where we are, e.g. Settlements › November 19. The last one is here. */
  crumbs: { name: ReactNode; href?: string }[]
  /** Buttons of the bar. */
  acts?: ReactNode
  children: ReactNode
}

/** The bar above a page, and its main part. The h1 belongs to the page. */
export function PageFrame({ crumbs, acts, children }: Props) {
  return (
    <>
      <header className="flex min-h-[52px] flex-wrap items-center gap-x-3 gap-y-2 border-hairline border-b bg-surface px-4 py-2 wide:px-7">
        <nav aria-label="Breadcrumb" className="min-w-0 print:block!">
          <ol className="flex min-w-0 items-center gap-1.5 text-sm text-text-3">
            {crumbs.map(({ name, href }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: crumbs do not move
              <li key={at} className="flex min-w-0 items-center gap-1.5">
                {at > 0 && <ChevronRight aria-hidden size={13} className="flex-none" />}
                {href === undefined ? (
                  <span aria-current="page" className="min-w-0 truncate border-0 font-semibold text-text">
                    {name}
                  </span>
                ) : (
                  <Link href={href} className="text-text-3">
                    {name}
                  </Link>
                )}
              </li>
            ))}
          </ol>
        </nav>
        {acts !== undefined && (
          <div className="ml-auto flex flex-wrap items-center justify-end gap-2 print:hidden">{acts}</div>
        )}
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="grid w-full max-w-[1320px] content-start gap-4 px-4 pt-4 pb-10 outline-none wide:gap-5 wide:px-7 wide:pt-6 wide:pb-12 [&>*]:min-w-0"
      >
        {children}
      </main>
    </>
  )
}
