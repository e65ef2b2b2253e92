import { Menu, Search } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { Key } from '@/components/ui/key'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { getShell } from '@/lib/reports/shell'
import { Mark } from '../mark'
import { KeysDialog } from './keys-dialog'
import { NavLinks } from './nav-links'
import { ShellKeys } from './shell-keys'
import { UserMenu } from './user-menu'

/** Sidebar, or above it on a phone a bar with a menu; then the page. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const actor = await requireStaff()
  const shell = await getShell(actor)
  const canManage = mayManage(actor)
  return (
    <div className="grid min-h-screen max-wide:grid-rows-[auto_1fr] wide:grid-cols-[216px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only rounded-sm bg-ink px-3 py-2 text-text-on-ink focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-20"
      >
        Skip to content
      </a>
      <aside aria-label="Company and pages" className="border-hairline border-r bg-sunken max-wide:hidden print:hidden">
        <div className="sticky top-0 flex h-screen flex-col gap-0.5 overflow-y-auto px-2.5 py-3 text-sm">
          <p className="flex items-center gap-[9px] px-2 pt-[5px] pb-3.5 font-semibold">
            <Mark />
            <span className="min-w-0 truncate">{shell.tenantName}</span>
          </p>
          <search className="mb-2">
            <form action="/console/find" className="relative">
              <Search
                aria-hidden
                size={16}
                className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2 text-text-3"
              />
              <input
                data-find
                name="q"
                type="search"
                aria-label="Find a client or an invoice"
                placeholder="Find"
                className="min-h-8 w-full rounded-sm border border-edge bg-surface pr-12 pl-8 text-sm placeholder:text-text-3"
              />
              <span aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2">
                <Key>⌘K</Key>
              </span>
            </form>
          </search>
          <nav aria-label="Console" className="grid gap-0.5">
            <NavLinks needsPerson={shell.needsPerson} canManage={canManage} />
          </nav>
          <UserMenu name={shell.staffName} email={shell.staffEmail} />
        </div>
      </aside>
      <aside
        aria-label="Company and menu"
        className="relative flex min-h-[52px] items-center gap-1 border-hairline border-b bg-sunken pr-2 pl-4 font-semibold wide:hidden print:hidden"
      >
        <Mark />
        <span className="min-w-0 grow truncate pl-1.5">{shell.tenantName}</span>
        <Link href="/console/find" aria-label="Find" className={buttonLook('quiet', 'icon')}>
          <Search aria-hidden size={18} />
        </Link>
        <details data-menu>
          <summary aria-label="Menu" className={buttonLook('quiet', 'icon')}>
            <Menu aria-hidden size={18} />
          </summary>
          <div className="absolute inset-x-0 top-full z-10 border-hairline border-b bg-sunken p-3 shadow-2">
            <nav aria-label="Console" className="grid gap-0.5 font-normal">
              <NavLinks needsPerson={shell.needsPerson} canManage={canManage} roomy />
            </nav>
            <UserMenu name={shell.staffName} email={shell.staffEmail} open />
          </div>
        </details>
      </aside>
      <div className="flex min-w-0 flex-col">{children}</div>
      <ShellKeys />
      <KeysDialog />
    </div>
  )
}
