import { expect, test } from 'vitest'
import type { MessageKind } from './message'
import { isUnwanted, lockOf, notices, optionalNotices } from './notice'

test('only what is not locked may be switched off', () => {
  expect(notices.filter((notice) => lockOf(notice) === undefined)).toEqual([...optionalNotices])
})

test('what is switched off is kept back; what the law or open money asks for goes out all the same', () => {
  const kept = (kinds: MessageKind[], off: readonly string[]) => kinds.filter((kind) => isUnwanted(kind, off))
  const kinds: MessageKind[] = [
    ...(['pay_now', 'payment_on_its_way', 'payment_received', 'refund_made', 'payment_scheduled'] as const),
    ...([
      'autopay_started',
      'payment_failed',
      'payment_returned',
      'sign_in',
      'portal_invitation',
      'role_changed',
    ] as const),
  ]
  expect(kept(kinds, [])).toEqual([])
  expect(kept(kinds, ['invoice'])).toEqual(['pay_now'])
  expect(kept(kinds, notices)).toEqual(['pay_now', 'payment_on_its_way'])
})
