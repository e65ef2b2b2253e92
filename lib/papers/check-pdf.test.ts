import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Sheet } from '@/lib/documents/sheet'
import { checkPdf } from './check-pdf'
import { fileNameOf, paperLimits } from './paper'

const ends = '\nstartxref\n9\n%%EOF\n'
/** A file in which one object stands as it is written. */
const plain = (object: string) => Buffer.from(`%PDF-1.7\n1 0 obj\n${object}\nendobj${ends}`, 'latin1')
/** The same object among others that are packed. */
const packed = (object: string, { about = '', bytes = deflateSync(Buffer.from(`1 0 ${object}`, 'latin1')) } = {}) =>
  Buffer.concat([
    Buffer.from(`%PDF-1.7\n9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode${about}>>\nstream\r\n`),
    bytes,
    Buffer.from(`\nendstream\nendobj${ends}`),
  ])

/** One of our own documents, as they are drawn for clients. */
function drawn(): Promise<Buffer> {
  const sheet = new Sheet({ title: 'W-9', author: 'Larkfield IT', language: 'en-US', at: new Date('2026-11-28') })
  sheet.paragraph('Request for taxpayer identification number. A stream of words: /Title, /First 3.')
  return sheet.finish({ left: [], right: [], page: (page, pages) => `${page} of ${pages}`, running: () => 'W-9' })
}

test('a plain document passes, and what it packs is looked into', async () => {
  expect(checkPdf(await drawn())).toBeUndefined()
  expect(checkPdf(packed('<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R>>'))).toBeUndefined()
  expect(checkPdf(plain('<</Type/Annot/A<</S/URI/URI(https://www.irs.gov)>>>>'))).toBeUndefined()
})

test('whatever runs, starts or jumps by itself is refused, written plainly, in disguise or packed', () => {
  for (const object of [
    '<</S/JavaScript/JS(app.alert(1))>>',
    '<</S /J#61vaScript /JS (x)>>',
    '<</OpenAction 5 0 R>>',
    '<</A<</S/Launch/F(cmd.exe)>>>>',
    '<</S/SubmitForm/F(https://evil.example)>>',
    '<</AcroForm<</XFA 4 0 R>>>>',
  ]) {
    expect(checkPdf(plain(object)), object).toBe('active')
    expect(checkPdf(packed(object)), `${object} packed`).toBe('active')
  }
})

test('other files inside are refused, and so is a lock', () => {
  expect(checkPdf(plain('<</Names<</EmbeddedFiles 3 0 R>>>>'))).toBe('attached')
  expect(checkPdf(packed('<</Type/Filespec/EF<</F 3 0 R>>/X/EmbeddedFile>>'))).toBe('attached')
  expect(checkPdf(plain('<</Encrypt 4 0 R>>'))).toBe('locked')
})

test('what an older revision held is found though a newer one covers it', () => {
  const older = plain('<</S/JavaScript/JS(x)>>')
  expect(checkPdf(Buffer.concat([older, plain('<</S/URI>>')]))).toBe('active')
  const hidden = packed('<</S/JavaScript/JS(x)>>')
  expect(checkPdf(Buffer.concat([hidden, plain('<</S/URI>>')]))).toBe('active')
})

test('objects packed in a way that hides them are refused, not waved through', () => {
  const innocent = '<</Type/Catalog>>'
  expect(checkPdf(packed(innocent, { about: '/DecodeParms<</Predictor 12/Columns 4>>' }))).toBe('unreadable')
  const hex = Buffer.from(deflateSync(Buffer.from('1 0 <</S/JavaScript>>')).toString('hex'), 'latin1')
  expect(checkPdf(packed(innocent, { about: '/X[/ASCIIHexDecode/FlateDecode]', bytes: hex }))).toBe('unreadable')
  const broken = deflateSync(Buffer.from('1 0 <</S/JavaScript>>')).subarray(0, 12)
  expect(checkPdf(packed(innocent, { bytes: broken }))).toBe('unreadable')
})

test('a small file that unpacks into a very large one is refused before it does', () => {
  const bytes = deflateSync(Buffer.alloc(paperLimits.unpackedMax + 1))
  expect(bytes.length).toBeLessThan(100_000)
  expect(checkPdf(packed('', { bytes }))).toBe('unreadable')
})

test('only a whole PDF is one: not another file by its name, not half of it, not one that begins later', async () => {
  const whole = await drawn()
  expect(checkPdf(Buffer.alloc(0))).toBe('empty')
  expect(checkPdf(Buffer.from('<html><script>alert(1)</script>%PDF-1.7 %%EOF'))).toBe('not-a-pdf')
  expect(checkPdf(whole.subarray(0, whole.length - 20))).toBe('cut-off')
  const most = Buffer.concat([
    whole,
    Buffer.alloc(paperLimits.bytesMax - whole.length - ends.length),
    Buffer.from(ends),
  ])
  expect(checkPdf(most)).toBeUndefined()
  expect(checkPdf(Buffer.concat([most, Buffer.from('\n')]))).toBe('too-heavy')
})

test('a paper is saved under its title, with nothing in the name that a header or a disk would take for its own', () => {
  expect(fileNameOf({ title: 'W-9', year: 2026 })).toBe('W-9-2026.pdf')
  expect(fileNameOf({ title: 'Attestation d’assurance' })).toBe('Attestation-d-assurance.pdf')
  expect(fileNameOf({ title: '../"a\r\nb' })).toBe('a-b.pdf')
  expect(fileNameOf({ title: '…' })).toBe('document.pdf')
})
