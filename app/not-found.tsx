import { CircleSlash2 } from 'lucide-react'
import './globals.css'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="grid min-h-screen place-content-center justify-items-center gap-2 p-6 text-center">
      <CircleSlash2 aria-hidden size={22} className="text-text-3" />
      <h1 className="h1">There is nothing at this address</h1>
      <p className="max-w-[46ch] text-text-2">
        It may have moved, or it may belong to somebody else. Check the address, or open the link you were sent again.
      </p>
    </main>
  )
}
