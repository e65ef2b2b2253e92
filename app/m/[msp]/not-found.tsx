import { CircleSlash2 } from 'lucide-react'
import { wordsIn } from '@/messages/words'
import '../../globals.css'
import { pageLanguage } from '../../page-language'

export const metadata = { title: { absolute: 'Not found' } }

/** What is not there, and what is not the reader’s: one page for both. */
export default async function NotFound() {
  const words = wordsIn(await pageLanguage())
  return (
    <main
      data-surface="client"
      className="grid min-h-screen place-content-center justify-items-center gap-2 p-6 text-center"
    >
      <CircleSlash2 aria-hidden size={22} className="text-text-3" />
      <h1 className="h1">{words('portal.notFound')}</h1>
      <p className="max-w-[46ch] text-text-2">{words('portal.notFoundText')}</p>
    </main>
  )
}
