'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Fragment } from 'react'
import { classes } from '@/components/ui/classes'
import { Count } from '@/components/ui/count'
import { consolePages } from './pages'

type Props = { needsPerson: number; canManage: boolean; roomy?: boolean }

/** The sidebar's links. It listens only to the address, to mark where we are. */
export function NavLinks({ needsPerson, canManage, roomy = false }: Props) {
  const path = usePathname()
  return consolePages.map(({ heading, pages }) => (
    <Fragment key={heading ?? ''}>
      {heading !== undefined && (
        <p className="px-2 pt-3.5 pb-1 font-medium text-[11px] text-text-3 leading-4">{heading}</p>
      )}
      {pages.map(({ href, name, icon: Icon, forManagers = false }) => {
        if (forManagers && !canManage) return null
        const isHere = href === '/console' ? path === href : path === href || path.startsWith(`${href}/`)
        return (
          <Link
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={classes(
              'flex items-center gap-[9px] rounded-sm px-2 font-medium no-underline hover:no-underline',
              roomy ? 'min-h-11 text-md' : 'min-h-[30px] text-sm',
              isHere
                ? 'bg-surface text-text shadow-[0_0_0_1px_var(--hairline-strong),var(--shadow-1)] [&>svg]:text-text'
                : 'text-text-2 hover:bg-hover [&>svg]:text-text-3',
            )}
          >
            <Icon aria-hidden size={16} />
            <span className="grow">{name}</span>
            {href === '/console' && needsPerson > 0 && (
              <>
                <Count hot>{needsPerson}</Count>
                <span className="sr-only">need a person</span>
              </>
            )}
          </Link>
        )
      })}
    </Fragment>
  ))
}
