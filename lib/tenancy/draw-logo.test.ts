import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test, vi } from 'vitest'
import { type DrawnLogo, drawLogo } from './draw-logo'
import { bytesMax } from './logo'

// Each drawing is made by a process of its own.
vi.setConfig({ testTimeout: 120_000 })

const green = { r: 14, g: 90, b: 74, alpha: 1 }
const picture = (width = 224, height = 224) => sharp({ create: { width, height, channels: 4, background: green } })
const svg = (inside: string, attributes = 'viewBox="0 0 28 28"', before = '') =>
  Buffer.from(
    `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
  )
const square = '<rect width="28" height="28" fill="#0e5a4a"/>'

async function drawn(file: Buffer): Promise<DrawnLogo> {
  const logo = await drawLogo(file)
  if (typeof logo === 'string') throw new Error(`refused: ${logo}`)
  return logo
}

/** The color of the middle of the largest picture, and whether any red got into it. */
async function look({ images }: DrawnLogo): Promise<{ middle: number[]; hasRed: boolean }> {
  const { data, info } = await sharp(images.at(-1)?.png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 4
  let hasRed = false
  for (let pixel = 0; pixel < data.length; pixel += 4)
    if ((data[pixel] ?? 0) > 200 && (data[pixel + 1] ?? 255) < 60 && (data[pixel + 3] ?? 0) > 0) hasRed = true
  return { middle: [...data.subarray(at, at + 3)], hasRed }
}

test('a PNG, a JPEG, a WebP and an SVG are drawn anew, as PNG, at every height', async () => {
  const files = [
    await picture().png().toBuffer(),
    await picture().jpeg().toBuffer(),
    await picture().webp().toBuffer(),
    svg(square),
  ]
  for (const file of files) {
    const { logo, images } = await drawn(file)
    expect(images.map(({ height }) => height)).toEqual([64, 56, 112])
    for (const { png, height, width } of images)
      expect(await sharp(png).metadata()).toMatchObject({ format: 'png', height, width })
    expect(logo).toMatchObject({ width: 112, height: 112, showsName: false, needsPlate: false })
  }
})

test('what a picture carried beside its pixels is gone', async () => {
  const told = await picture()
    .withExif({ IFD0: { Copyright: 'secret-place', ImageDescription: '<script>alert(1)</script>' } })
    .jpeg()
    .toBuffer()
  const tail = Buffer.from('<script>alert(1)</script><?php system($_GET[0]);?>PKzip')
  for (const polyglot of [told, Buffer.concat([await picture().png().toBuffer(), tail]), Buffer.concat([told, tail])]) {
    const { images } = await drawn(polyglot)
    for (const { png } of images) expect(png.toString('latin1')).not.toMatch(/script|secret-place|php|PKzip/)
  }
})

test('nothing of an SVG but its shapes has an effect', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logo-'))
  const file = join(folder, 'red.png')
  writeFileSync(
    file,
    await sharp({ create: { width: 50, height: 50, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer(),
  )
  writeFileSync(join(folder, 'red.svg'), svg('<rect id="r" width="28" height="28" fill="#ff0000"/>'))
  const asked: string[] = []
  const outside = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('<svg xmlns="http://www.w3.org/2000/svg"><rect id="r" width="28" height="28" fill="#ff0000"/></svg>')
  })
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done))
  const { port } = outside.address() as { port: number }
  const there = `http://127.0.0.1:${port}/x.svg`
  const hostile = [
    '<script>document.documentElement.innerHTML="x"</script>',
    `<foreignObject width="28" height="28"><body xmlns="http://www.w3.org/1999/xhtml" style="background:#f00"><img src="${there}"/></body></foreignObject>`,
    `<image width="28" height="28" href="file://${file}"/>`,
    `<image width="28" height="28" xlink:href="${file}"/>`,
    `<image width="28" height="28" href="${there}"/>`,
    `<use href="file://${folder}/red.svg#r"/><use xlink:href="${there}#r"/>`,
    `<style>@import url("${there}"); rect { fill: url(${there}#r) }</style>`,
    `<style>@font-face { font-family: x; src: url(${there}) }</style><text font-family="x">x</text>`,
    `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://${folder}/red.svg" parse="xml"/>`,
    `<filter id="f"><feImage href="${there}"/></filter><rect width="28" height="28" filter="url(#f)" opacity="0.01"/>`,
    '<animate attributeName="fill" to="#f00" onbegin="alert(1)"/>',
    '<rect width="1" height="1" fill="#0e5a4a" onload="alert(1)"/>',
  ]
  for (const inside of [hostile.slice(0, 6).join(''), hostile.slice(6).join('')]) {
    const made = await drawn(svg(`${square}${inside}`))
    expect((await look(made)).hasRed, inside).toBe(false)
    for (const { png } of made.images) expect(png.toString('latin1')).not.toMatch(/script|alert|http/)
  }
  expect(asked).toEqual([])
  outside.close()
})

test('an SVG that declares anything is refused, in whatever letters it is written', async () => {
  const laughs = [
    '<!ENTITY a "ha">',
    ...[...'bcdefghij'].map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`),
  ].join('')
  const bomb = svg('<text>&j;</text>', '', `<?xml version="1.0"?><!DOCTYPE svg [${laughs}]>`)
  const reader = svg('<text y="20">&x;</text>', '', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
  const outside = svg(square, '', '<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/x.dtd">')
  for (const file of [bomb, reader, outside]) expect(await drawLogo(file)).toBe('declares-entities')
  // In UTF-16 the check would see other letters than the reader: it is not taken for an SVG at all.
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(reader.toString(), 'utf16le')])
  expect(await drawLogo(wide)).toBe('not-a-picture')
})

test('the document type every drawing program writes is no hindrance', async () => {
  const type =
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- Drawn by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
  expect((await look(await drawn(svg(square, 'viewBox="0 0 28 28"', type)))).middle).toEqual([14, 90, 74])
})

test('a small file that would unpack into a large one is refused before it is unpacked', async () => {
  const huge = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#fff' } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  expect(huge.length).toBeLessThan(bytesMax)
  expect(await drawLogo(huge)).toBe('too-many-pixels')
  expect(await drawLogo(svg(square, 'width="1000000" height="1000000"'))).toBe('broken')
})

test('a drawing that would take hours is given up', async () => {
  const nested = [...'abcdefghij'].map(
    (name, at, all) => `<g id="${name}">${(at === 0 ? square : `<use href="#${all[at - 1]}"/>`).repeat(10)}</g>`,
  )
  expect(await drawLogo(svg(`<defs>${nested.join('')}</defs><use href="#j"/>`))).toBe('broken')
})

test('each file that is no logo gets the reason', async () => {
  const png = await picture().png().toBuffer()
  const answers: [Buffer, string][] = [
    [Buffer.alloc(0), 'empty'],
    [Buffer.concat([png, Buffer.alloc(bytesMax)]), 'too-heavy'],
    [Buffer.from('GIF89a'), 'not-a-picture'],
    [Buffer.from('%PDF-1.7'), 'not-a-picture'],
    [Buffer.from('<html><body>hello</body></html>'), 'not-a-picture'],
    [Buffer.from('just words'), 'not-a-picture'],
    [png.subarray(0, 100), 'broken'],
    [Buffer.from('<svg><rect'), 'broken'],
    [await picture(60, 60).png().toBuffer(), 'too-small'],
    [await picture(2_000, 120).png().toBuffer(), 'odd-shape'],
  ]
  for (const [file, answer] of answers) expect(await drawLogo(file)).toBe(answer)
})

test('a dark logo without a ground of its own gets a plate on dark pages; a wide one carries the name', async () => {
  const dark = await drawn(svg('<circle cx="56" cy="14" r="10" fill="#102030"/>', 'viewBox="0 0 112 28"'))
  expect(dark.logo).toMatchObject({ needsPlate: true, showsName: true, width: 448, height: 112 })
  const light = await drawn(svg('<circle cx="14" cy="14" r="10" fill="#f0f0f0"/>'))
  expect(light.logo).toMatchObject({ needsPlate: false, showsName: false })
})

test('the same picture has the same hash, another has another', async () => {
  const one = await drawn(svg(square))
  expect((await drawn(svg(square))).logo.hash).toBe(one.logo.hash)
  expect((await drawn(svg(square.replace('0e5a4a', '5b2c83')))).logo.hash).not.toBe(one.logo.hash)
})
