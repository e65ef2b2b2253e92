import 'server-only'
import { createHash } from 'node:crypto'
import sharp, { type Sharp } from 'sharp'
import type { Logo } from './brand'
import { grounds } from './brand-colors'
import { cleanSvg } from './clean-svg'
import { contrast, type Hex } from './color'
import { bytesMax, type LogoRefusal, logoHeights, sideMax } from './logo'
import { rasterizeSvg } from './rasterize-svg'

export type DrawnLogo = { logo: Logo; images: { height: number; width: number; png: Buffer }[] }

const drawingSecondsMax = 5
const [mailHeight, , fullHeight] = logoHeights

/**
 * Draws an uploaded picture anew at the heights it is shown at. Nothing of the file itself is kept or served: what it
 * carried beside its pixels is gone, and an SVG's scripts, links and foreign parts have no one to run, follow or show them.
 * @param file as uploaded; its name and type are not believed
 */
export async function drawLogo(file: Buffer): Promise<DrawnLogo | LogoRefusal> {
  if (file.length === 0) return 'empty'
  if (file.length > bytesMax) return 'too-heavy'
  if (isPhotograph(file)) return drawOrRefuse(file)
  if (!looksLikeSvg(file)) return 'not-a-picture'
  const svg = cleanSvg(file)
  if (svg === undefined) return 'declares-entities'
  const drawing = await rasterizeSvg(svg, fullHeight)
  return drawing === undefined ? 'broken' : drawOrRefuse(drawing)
}

async function drawOrRefuse(picture: Buffer): Promise<DrawnLogo | LogoRefusal> {
  try {
    return await draw(picture)
  } catch {
    return 'broken'
  }
}

async function draw(picture: Buffer): Promise<DrawnLogo | LogoRefusal> {
  // Its head alone is read here: a small file may unpack into a very large picture.
  const { width, height } = await sharp(picture, { limitInputPixels: false }).metadata()
  if (width > sideMax || height > sideMax) return 'too-many-pixels'
  if (height < fullHeight) return 'too-small'
  if (width > height * 8 || height > width * 2) return 'odd-shape'
  const sized = (to: number) =>
    sharp(picture, { limitInputPixels: sideMax * sideMax, failOn: 'error' })
      .rotate()
      .resize({ height: to })
      .toColourspace('srgb')
      .timeout({ seconds: drawingSecondsMax })
  const images = []
  for (const to of logoHeights) {
    const { data: png, info } = await sized(to).png({ compressionLevel: 9 }).toBuffer({ resolveWithObject: true })
    images.push({ height: to, width: info.width, png })
  }
  const full = images.find((image) => image.height === fullHeight)
  if (full === undefined) return 'broken'
  return {
    images,
    logo: {
      hash: createHash('sha256').update(full.png).digest('hex').slice(0, 32),
      ...{ width: full.width, height: full.height },
      needsPlate: await vanishesOnDark(sized(mailHeight)),
      showsName: full.width > full.height * 2,
    },
  }
}

/** By its first bytes: PNG, JPEG, WebP. */
function isPhotograph(file: Buffer): boolean {
  const starts = (hex: string, at = 0) => file.subarray(at, at + hex.length / 2).toString('hex') === hex
  return starts('89504e470d0a1a0a') || starts('ffd8ff') || (starts('52494646') && starts('57454250', 8))
}

function looksLikeSvg(file: Buffer): boolean {
  return /^\ufeff?\s*<(\?xml|!--|!doctype|svg)[\s\S]*<svg[\s>]|^\ufeff?\s*<svg[\s>]/i.test(file.toString('utf8'))
}

/** Whether its opaque part, on average, is too dark to be told from the dark theme, and there is no ground of its own. */
async function vanishesOnDark(picture: Sharp): Promise<boolean> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  let seen = 0
  const sums = [0, 0, 0]
  for (let at = 0; at < data.length; at += info.channels) {
    const share = (data[at + 3] ?? 0) / 255
    seen += share
    sums.forEach((sum, channel) => {
      sums[channel] = sum + (data[at + channel] ?? 0) * share
    })
  }
  const hasOwnGround = seen > 0.97 * info.width * info.height
  if (hasOwnGround || seen === 0) return false
  const average: Hex = `#${sums
    .map((sum) =>
      Math.round(sum / seen)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
  return contrast(average, grounds.dark) < 3
}
