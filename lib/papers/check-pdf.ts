import { inflateSync } from 'node:zlib'
import { type PdfRefusal, paperLimits } from './paper'

/** Names by which a PDF says that it does something, and those by which it carries other files. Found in any of its revisions. */
const active =
  /\/(?:JavaScript|OpenAction|Launch|SubmitForm|ImportData|GoToE|RichMedia|Rendition|Movie|Sound|XFA)(?![A-Za-z0-9])/
const attached = /\/(?:EmbeddedFiles?|FileAttachment)(?![A-Za-z0-9])/
const locked = /\/Encrypt(?![A-Za-z0-9])/

/** How a stream is described in which objects stand; in an outline, /First is followed by a reference. */
const objects = /\/ObjStm|\/First\s+\d+(?!\d|\s+\d+\s+R)/

/** What stands before the bytes of a stream; the word that ends one ends with it too. */
const streamStart = /(?<!end)stream[ \t]*(?:\r\n|\n|\r)/g

/**
 * Whether a file may be handed to clients as it is: a whole PDF that opens without a password, and in which nothing runs,
 * starts or is attached. It is kept byte for byte, since a signature in it would not outlive being written anew; so it is
 * looked at whole, also where it is packed and where a later revision covers it, and what cannot be looked at is refused.
 * @param file as uploaded; its name and type are not believed
 */
export function checkPdf(file: Buffer): PdfRefusal | undefined {
  if (file.length === 0) return 'empty'
  if (file.length > paperLimits.bytesMax) return 'too-heavy'
  if (!/^%PDF-[12]\.\d/.test(file.toString('latin1', 0, 8))) return 'not-a-pdf'
  if (!file.toString('latin1', file.length - 1024).includes('%%EOF')) return 'cut-off'
  const text = file.toString('latin1')
  return refusalOf(text) ?? checkPacked(file, text)
}

function refusalOf(text: string): PdfRefusal | undefined {
  const said = plainNames(text)
  if (locked.test(said)) return 'locked'
  if (active.test(said)) return 'active'
  return attached.test(said) ? 'attached' : undefined
}

/** Looks into every stream that is packed: since PDF 1.5 objects may stand there too. */
function checkPacked(file: Buffer, text: string): PdfRefusal | undefined {
  let left = paperLimits.unpackedMax
  let from = 0
  for (const { 0: word, index } of text.matchAll(streamStart)) {
    const about = plainNames(text.slice(endOfStream(text, from, index), index))
    from = index + word.length
    const packed = file.subarray(from)
    const unpacked = looksPacked(packed) ? unpack(packed, left) : undefined
    const mayHoldObjects = objects.test(about)
    // Pictures may be packed in ways of their own, which hold no objects.
    if (unpacked === undefined && /\/Filter/.test(about) && (mayHoldObjects || /\/FlateDecode/.test(about)))
      return 'unreadable'
    if (unpacked === undefined) continue
    // Packed twice, or as differences between rows, their names would not be found.
    if (mayHoldObjects && /\/Predictor|\/(?:ASCII85|ASCIIHex|LZW|RunLength)Decode|\/Crypt/.test(about))
      return 'unreadable'
    left -= unpacked.length
    const refusal = refusalOf(unpacked.toString('latin1'))
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/** Where the stream that began at `from` is over: what describes the next stands behind it. */
function endOfStream(text: string, from: number, before: number): number {
  const end = text.indexOf('endstream', from)
  return end === -1 || end > before ? from : end
}

/** By the first two bytes of zlib's format. */
function looksPacked(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0
}

/** Undefined for what breaks off, and for what unpacks to more than is left. What follows the packed bytes is not read. */
function unpack(bytes: Buffer, most: number): Buffer | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, most) })
  } catch {
    return undefined
  }
}

/** With names spelled out: a reader takes /J#61vaScript for /JavaScript. */
function plainNames(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
