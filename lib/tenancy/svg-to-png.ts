import sharp from 'sharp'

// Run by rasterize-svg.ts as a process of its own: an SVG on its standard input, a PNG of the height asked for on its output.

const [, , heightAsked = ''] = process.argv
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk)
const svg = Buffer.concat(chunks)
const { width, height } = await sharp(svg).metadata()
const isUsual = width > 0 && height > 0 && width <= 4_096 && height <= 4_096
if (!isUsual) process.exit(2)
// A drawing has no size of its own: it is drawn as large as it is wanted.
const density = Math.min(2_400, Math.max(1, Math.ceil((72 * Number(heightAsked)) / height)))
const options = { density, limitInputPixels: 4_096 * 4_096, unlimited: false }
process.stdout.write(
  await sharp(svg, options)
    .resize({ height: Number(heightAsked) })
    .png()
    .toBuffer(),
)
