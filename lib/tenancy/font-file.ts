import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brandFonts, fontIds, fontParts, fontPath } from './brand-fonts'

/** Where each served address lies in its package. Nothing is read that is not on this list. */
const files = new Map(
  fontIds.flatMap((id) =>
    fontParts.map((part): [string, string] => [
      fontPath(id, part),
      `node_modules/@fontsource-variable/${id}/files/${id}-${part}-${brandFonts[id].axis}-normal.woff2`,
    ]),
  ),
)

/** The font served at this address, if there is one. */
export async function fontFileAt(path: string): Promise<Buffer | undefined> {
  const file = files.get(path)
  return file === undefined ? undefined : readFile(join(process.cwd(), file))
}
