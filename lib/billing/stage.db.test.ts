import { expect, test } from 'vitest'
import { withTenantInBulk } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { sourceText } from '@/lib/connectors/source-text'
import { stage } from './stage'

const letters = 'tab\t line\n\r quote" back\\slash \\N \\. accents éü \u{1f9fe} del\u007f escape\u001b'

test('whatever letters a vendor’s record holds come through the staging table as they were', async () => {
  const record = { [letters]: letters, deep: [{ path: 'C:\\temp\\new', none: null }] }
  const rows = await withTenantInBulk(newId(), async (tx) => {
    const cells = [
      [1, letters, sourceText(record)],
      [2, '\\N', null],
      [3, null, sourceText({ cut: `half \ud83e and nul \u0000` })],
    ]
    await stage(tx, 'incoming_letters', { at: 'int', words: 'text', source: 'jsonb' }, cells)
    return tx.rows<{ words: string | null; source: unknown }>(
      sql`select words, source from incoming_letters order by at`,
    )
  })
  expect(rows).toEqual([
    { words: letters, source: record },
    { words: '\\N', source: null },
    { words: null, source: { cut: 'half \ufffd and nul \ufffd' } },
  ])
})
