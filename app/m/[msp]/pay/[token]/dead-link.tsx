import { CircleSlash2, Link2Off } from 'lucide-react'
import type { ReactNode } from 'react'
import { ResultFrame } from '@/components/checkout/result-frame'
import { type Locale, wordsIn } from '@/messages/words'
import { ResendForm } from './resend-form'

/** A link nobody has: the page knows neither the MSP’s client nor the invoice, and says so in the MSP’s name. */
export function UnknownLink({ msp, locale }: { msp: string; locale: Locale }) {
  const words = wordsIn(locale)
  return (
    <ResultFrame
      tone="gray"
      icon={CircleSlash2}
      title={words('dead.unknownTitle')}
      text={words('dead.unknownText', { name: msp })}
    />
  )
}

type Closed = 'expired' | 'replaced' | 'forwarded'

/** A link that has run out, was replaced or was passed on: a new one goes to the addresses on file. */
export function ClosedLink({ because, locale, send }: { because: Closed; locale: Locale; send: () => Promise<void> }) {
  const words = wordsIn(locale)
  return (
    <ResultFrame
      tone="gray"
      icon={Link2Off}
      title={words(`dead.${because}Title`)}
      text={words(because === 'forwarded' ? 'dead.forwardedText' : 'dead.expiredText')}
    >
      <ResendForm
        send={send}
        words={{
          button: words('dead.sendNew'),
          busy: words('dead.sendingNew'),
          sentTitle: words('dead.sentTitle'),
          sentText: words('dead.sentText'),
        }}
      />
    </ResultFrame>
  )
}

export function DeadEnd({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <ResultFrame tone="gray" icon={CircleSlash2} title={title} text={text}>
      {children}
    </ResultFrame>
  )
}
