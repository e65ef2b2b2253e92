import { Ellipsis, Keyboard, LogOut, ShieldCheck } from 'lucide-react'
import Link from 'next/link'
import { Avatar } from '@/components/ui/avatar'
import { buttonLook } from '@/components/ui/button-look'
import { leave } from './leave'

/** Who is signed in, and the way out. */
export function UserMenu({ name, email, open = false }: { name: string; email: string; open?: boolean }) {
  const way = (
    <>
      <Link href="/console/security" className={buttonLook('quiet', 'small', 'w-full justify-start')}>
        <ShieldCheck aria-hidden size={16} />
        Sign-in and security
      </Link>
      <SignOut />
    </>
  )
  if (open) {
    return (
      <div className="mt-3 border-hairline border-t pt-3 font-normal text-sm">
        <p className="flex items-center gap-[9px] px-2 pb-1 text-text-2">
          <Avatar name={name} />
          <span className="min-w-0 truncate">{name}</span>
        </p>
        {way}
      </div>
    )
  }
  return (
    <details data-menu className="relative mt-auto border-hairline border-t pt-1">
      <summary className="flex min-h-9 items-center gap-[9px] rounded-sm px-2 text-text-2 hover:bg-hover">
        <Avatar name={name} />
        <span className="min-w-0 grow truncate">{name}</span>
        <Ellipsis aria-hidden size={16} className="text-text-3" />
      </summary>
      <div className="absolute inset-x-0 bottom-full mb-1 rounded-md border border-hairline bg-raised p-1 shadow-2">
        <p className="truncate px-2.5 py-1.5 text-text-3 text-xs">{email}</p>
        <button type="button" data-open-keys className={buttonLook('quiet', 'small', 'w-full justify-start')}>
          <Keyboard aria-hidden size={16} />
          Keys
        </button>
        {way}
      </div>
    </details>
  )
}

function SignOut() {
  return (
    <form action={leave}>
      <button type="submit" className={buttonLook('quiet', 'small', 'w-full justify-start')}>
        <LogOut aria-hidden size={16} />
        Sign out
      </button>
    </form>
  )
}
