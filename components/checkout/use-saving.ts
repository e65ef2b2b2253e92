'use client'

import { useState } from 'react'
import type { WayType } from './checkout'
import { wordingFor } from './save-choice'
import type { AgreedOrder, Holder, SavingFacts } from './saving'

/** The wish to save what is typed, and what an order says of the wordings that were agreed to. */
export function useSaving(facts: SavingFacts | undefined) {
  const [holder, setHolder] = useState<Holder>()
  const [agreedTo, setAgreedTo] = useState<string>()

  /** The version that was ticked; another wording, for another holder, has to be ticked anew. */
  function isAgreed(type: WayType): boolean {
    const wording = facts === undefined ? undefined : wordingFor(type, facts, holder)
    return wording !== undefined && agreedTo === wording.version
  }

  return {
    holder,
    setHolder,
    isAgreed,
    setAgreed: (type: WayType, is: boolean) =>
      setAgreedTo(is && facts !== undefined ? wordingFor(type, facts, holder)?.version : undefined),
    agreedOrder(type: WayType): { agreed?: AgreedOrder } {
      if (facts === undefined) return {}
      const once = type === 'us_bank_account' ? facts.once : type === 'acss_debit' ? facts.padOnce : undefined
      const wording = isAgreed(type) ? wordingFor(type, facts, holder) : undefined
      const accountKind = type === 'us_bank_account' && holder !== undefined ? { accountKind: holder } : {}
      return {
        agreed: {
          shownOn: facts.shownOn,
          ...(once === undefined ? {} : { once: once.version }),
          ...(wording === undefined ? {} : { save: { version: wording.version, type, ...accountKind } }),
        },
      }
    },
  }
}
