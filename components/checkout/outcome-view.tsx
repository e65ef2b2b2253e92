'use client'

import { ArrowRight, Check, CircleQuestionMark, Download, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { SumRows } from '@/components/money/sum-rows'
import { Card } from '@/components/ui/card'
import type { CheckoutActions, Go, OutcomeFacts } from './checkout'
import { ConfirmButton } from './confirm-button'
import { KeepAsking } from './keep-asking'
import { PhraseText } from './phrase-text'
import { ResultFrame } from './result-frame'
import { ResultSteps } from './result-steps'
import { VerifyForm } from './verify-form'

const looks = {
  paid: { tone: 'good', icon: Check },
  covered: { tone: 'good', icon: Check },
  'on-its-way': { tone: 'move', icon: ArrowRight },
  checking: { tone: 'warn', icon: CircleQuestionMark },
  confirm: { tone: 'warn', icon: ShieldCheck },
  verify: { tone: 'warn', icon: ShieldCheck },
} as const

type Props = {
  facts: OutcomeFacts
  actions: CheckoutActions
  go: Go
  /** What is offered after it. */
  children?: ReactNode
}

/** How one payment stands, for whoever placed it. While nobody knows, nothing here offers to try again. */
export function OutcomeView({ facts, actions, go, children }: Props) {
  const { show, attemptId, title, text, sums, steps, foot, confirm, verify } = facts
  const ask = () => actions.refresh(attemptId)
  return (
    <ResultFrame {...looks[show]} title={title} text={<PhraseText phrase={text} />}>
      {sums.length > 0 && (
        <Card foot={foot === undefined ? undefined : <Foot {...foot} />}>
          <div className="grid gap-6">
            {steps !== undefined && (
              <>
                <ResultSteps steps={steps} />
                <hr className="border-hairline border-t" />
              </>
            )}
            <SumRows sums={sums} />
          </div>
        </Card>
      )}
      {show === 'checking' && <KeepAsking ask={ask} go={go} />}
      {confirm !== undefined && (
        <ConfirmButton
          {...confirm}
          resume={() => actions.resume(attemptId)}
          ask={ask}
          giveUp={giveUpOf(confirm, actions, attemptId)}
          go={go}
        />
      )}
      {verify !== undefined && (
        <Card>
          <VerifyForm words={verify} verify={(proof) => actions.verify(attemptId, proof)} go={go} />
        </Card>
      )}
      {children}
    </ResultFrame>
  )
}

function giveUpOf(
  { giveUp: text }: NonNullable<OutcomeFacts['confirm']>,
  { giveUp }: CheckoutActions,
  attemptId: string,
) {
  return text === undefined || giveUp === undefined ? undefined : { text, act: () => giveUp(attemptId) }
}

function Foot({ text, link }: NonNullable<OutcomeFacts['foot']>) {
  if (link === undefined) return text
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span>{text}</span>
      <a href={link.href} className="inline-flex items-center gap-1.5 py-0.5">
        <Download aria-hidden size={14} />
        {link.text}
      </a>
    </div>
  )
}
