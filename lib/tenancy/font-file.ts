import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brandFonts, fontFaces, fontIds, fontParts, fontPath, fontSheetPath } from './brand-fonts'

/** Where each served address lies in its package. Nothing is read that is not on this list. */
const files = new Map(
  fontIds.flatMap((id) =>
    fontParts.map((part): [string, string] => [
      fontPath(id, part),
      `node_modules/@fontsource-variable/${id}/files/${id}-${part}-${brandFonts[id].axis}-normal.woff2`,
    ]),
  ),
)

/**
 * Rules stand in files of their own. In a page's own style, Chromium asks for the font in the name of the page, whatever
 * its referrer policy says; and the address of a mailed link is a secret.
 */
const sheets = new Map(fontIds.map((id) => [fontSheetPath(id), fontFaces(id)]))

/** The font, or the rules of one, served at this address, if there is one. */
export async function fontFileAt(path: string): Promise<{ type: string; body: Uint8Array<ArrayBuffer> } | undefined> {
  const sheet = sheets.get(path)
  if (sheet !== undefined) return { type: 'text/css; charset=utf-8', body: new TextEncoder().encode(sheet) }
  const file = files.get(path)
  if (file === undefined) return undefined
  return { type: 'font/woff2', body: new Uint8Array(await readFile(join(process.cwd(), file))) }
}
