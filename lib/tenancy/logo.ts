/** The heights a logo is drawn at, in pixels: twice its size in mail, twice its size on a page, and four times for print. */
export const logoHeights = [64, 56, 112] as const

/** What an uploaded picture may weigh, and how long its sides may be. */
export const bytesMax = 1_000_000
export const sideMax = 4_096

/** Why a picture cannot be the logo. */
export type LogoRefusal =
  | 'empty'
  | 'too-heavy'
  | 'not-a-picture'
  | 'declares-entities'
  | 'too-many-pixels'
  | 'too-small'
  | 'odd-shape'
  | 'broken'

/** The same in words, with the cure. */
export const logoRefusals: Record<LogoRefusal, string> = {
  empty: 'The file is empty. Choose the picture again.',
  'too-heavy': 'The file is larger than 1 MB. Save the logo smaller, or as SVG.',
  'not-a-picture': 'This is not a PNG, JPEG, WebP or SVG picture, whatever its name says.',
  'declares-entities': 'This SVG declares entities of its own. Save it again as plain SVG, or as PNG.',
  'too-many-pixels': 'The picture is more than 4,096 pixels wide or tall. Save it smaller.',
  'too-small': 'The picture is less than 112 pixels tall and would look blurred. Save it larger, or as SVG.',
  'odd-shape':
    'A logo may be up to eight times as wide as tall, and twice as tall as wide. Cut the space around it away.',
  broken: 'The picture cannot be read to its end, or takes too long to draw. Save it again, or as PNG.',
}
