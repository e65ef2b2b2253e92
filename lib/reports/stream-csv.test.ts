import { expect, test } from 'vitest'
import { money } from '@/lib/money/money'
import { streamCsv } from './stream-csv'

async function* twoBatches(onEnd: () => void) {
  try {
    yield [['=cmd|calc', money(-125n, 'USD')]]
    yield [['A, "B"', money(5n, 'USD')]]
  } finally {
    onEnd()
  }
}

test('the heading first, then each batch, and no cell is a formula', async () => {
  const bytes = await new Response(
    streamCsv(
      ['What', 'Amount'],
      twoBatches(() => {}),
    ),
  ).bytes()
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(
    '\ufeff"What","Amount"\r\n"\'=cmd|calc",-1.25\r\n"A, ""B""",0.05\r\n',
  )
})

test('whoever goes away ends the reading', async () => {
  let isOver = false
  const reader = streamCsv(
    ['What'],
    twoBatches(() => (isOver = true)),
  ).getReader()
  await reader.read()
  await reader.read()
  await reader.cancel()
  expect(isOver).toBe(true)
})
