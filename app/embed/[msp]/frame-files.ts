import 'server-only'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Files = z.object({ script: z.string(), style: z.string() })
let read: z.infer<typeof Files> | undefined

/** Where the frame's own script and style lie, by the names scripts/widget/build-widget.ts has given them. */
export function frameFiles(): z.infer<typeof Files> {
  read ??= Files.parse(JSON.parse(readFileSync(join(process.cwd(), 'public/embed/frame.json'), 'utf8')))
  return read
}
