import type { Money } from '@/lib/money/money'
import { csvOf } from './statement'

type Row = (string | Money)[]

/**
 * A table as a CSV file, sent while it is read. Whoever takes it slowly is waited for; whoever goes away ends the
 * reading. It begins with the mark by which a spreadsheet knows UTF-8.
 */
export function streamCsv(heading: string[], batches: AsyncGenerator<Row[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (stream) => stream.enqueue(encoder.encode(`\ufeff${csvOf([heading])}`)),
    pull: async (stream) => {
      const { value, done } = await batches.next()
      if (done === true) stream.close()
      else stream.enqueue(encoder.encode(csvOf(value)))
    },
    cancel: async () => void (await batches.return(undefined)),
  })
}
