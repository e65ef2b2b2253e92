'use client'

import { useRouter } from 'next/navigation'
import type { VerifyWords } from '@/components/checkout/checkout'
import type { VerifyProof } from '@/components/checkout/proof-of'
import { VerifyForm } from '@/components/checkout/verify-form'

type Props = { words: VerifyWords; verify: (proof: VerifyProof) => Promise<boolean> }

/** The form for the small deposits, in the portal: once they fit, the page shows the account as saved. */
export function VerifySetup({ words, verify }: Props) {
  const router = useRouter()
  const reload = () => router.refresh()
  return <VerifyForm words={words} verify={verify} go={{ reload, toResult: reload }} />
}
