// npm run verify-ledger -- export.json: checks the chain of seals from an export alone, without a database.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { verifyChain } from '@/lib/ledger/seal'

const Export = z.object({
  seals: z.array(
    z.object({
      number: z.int(),
      previousHash: z.string(),
      hash: z.string(),
      entryIds: z.array(z.string()),
      entryHashes: z.array(z.string()),
    }),
  ),
  entries: z.array(
    z.object({
      id: z.string(),
      cause: z.string(),
      happenedAt: z.string(),
      bookedOn: z.string(),
      note: z.string(),
      lines: z.array(z.string()),
    }),
  ),
})

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('Name a file: npm run verify-ledger -- export.json')
  process.exit(1)
}
const text = readFileSync(file, 'utf8')
// npm begins what it runs with two lines of its own, also where the output goes to a file.
const { seals, entries } = Export.parse(JSON.parse(text.slice(text.indexOf('{'))))
const found = verifyChain(seals, entries)
const sealed = new Set(seals.flatMap(({ entryIds }) => entryIds))
const waiting = entries.filter(({ id }) => !sealed.has(id)).length
for (const says of found) console.log(says)
console.log(
  `${entries.length} entries, ${seals.length} seals, ${waiting} entries not sealed yet: ` +
    (found.length === 0 ? 'the chain holds.' : `${found.length} faults.`),
)
process.exitCode = found.length === 0 ? 0 : 1
