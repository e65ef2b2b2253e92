'use client'

import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { RecoveryCodes } from '../../sign-in/second/recovery-codes'
import { renewCodes } from './acts'

/** How many recovery codes are left, and a new set. */
export function RenewCodes({ left }: { left: number }) {
  const [codes, setCodes] = useState<string[]>()
  const [isBusy, start] = useTransition()
  if (codes !== undefined) return <RecoveryCodes codes={codes} onward="/console/security" />
  const renew = () => start(async () => setCodes(await renewCodes()))
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 text-sm">
      <p className="text-text-2">{left === 1 ? 'One recovery code is left.' : `${left} recovery codes are left.`}</p>
      <Button size="small" aria-disabled={isBusy} onClick={isBusy ? undefined : renew}>
        Make new ones
      </Button>
    </div>
  )
}
