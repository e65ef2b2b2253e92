import { verifyWords } from '@/components/checkout/verify-words'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { verify } from './acts'
import { VerifySetup } from './verify-setup'

type Props = { visitor: Visitor; setup: { id: string; label: string }; mayAct: boolean }

/** An account that waits for its two small deposits: what to do, and the form for it. */
export function SetupCard({ visitor, setup, mayAct }: Props) {
  const { tenant, locale } = visitor
  const words = wordsIn(locale)
  const method = setup.label === '' ? words('result.verifyMethod') : methodName(setup.label, locale)
  const text = words('methods.verifyText', { method })
  if (!mayAct) return <Notice tone="warn">{text}</Notice>
  return (
    <Card title={words('result.verifyTitle')} className="max-w-130">
      <div className="grid gap-4">
        <p className="text-md">{text}</p>
        <VerifySetup verify={verify.bind(null, tenant.slug, setup.id)} words={verifyWords(locale)} />
      </div>
    </Card>
  )
}
