/** The fonts a tenant may choose from: all under the SIL Open Font License, all served by us. */
export const fontIds = ['inter', 'figtree', 'source-sans-3', 'nunito-sans', 'ibm-plex-sans', 'source-serif-4'] as const
export type FontId = (typeof fontIds)[number]

export type BrandFont = {
  family: string
  /** Of the package it comes from; part of the file's address, so that a file never changes under its address. */
  version: string
  /** Which of the package's files: with optical sizes where it has them. */
  axis: 'wght' | 'opsz'
  /** The font every device has that is nearest, and how wide and tall ours is beside it: text keeps its place meanwhile. */
  like: 'Arial' | 'Times New Roman'
  widthPercent: number
  /** In ems. */
  ascent: number
  descent: number
}

export const brandFonts: Record<FontId, BrandFont> = {
  inter: {
    ...{ family: 'Inter', version: '5.3.0', axis: 'opsz' },
    ...{ like: 'Arial', widthPercent: 105.7, ascent: 0.96875, descent: 0.2412 },
  },
  figtree: {
    ...{ family: 'Figtree', version: '5.3.0', axis: 'wght' },
    ...{ like: 'Arial', widthPercent: 100.2, ascent: 0.95, descent: 0.25 },
  },
  'source-sans-3': {
    ...{ family: 'Source Sans 3', version: '5.3.1', axis: 'wght' },
    ...{ like: 'Arial', widthPercent: 92.2, ascent: 1.024, descent: 0.4 },
  },
  'nunito-sans': {
    ...{ family: 'Nunito Sans', version: '5.3.0', axis: 'wght' },
    ...{ like: 'Arial', widthPercent: 100.6, ascent: 1.011, descent: 0.353 },
  },
  'ibm-plex-sans': {
    ...{ family: 'IBM Plex Sans', version: '5.3.0', axis: 'wght' },
    ...{ like: 'Arial', widthPercent: 100.6, ascent: 1.025, descent: 0.275 },
  },
  'source-serif-4': {
    ...{ family: 'Source Serif 4', version: '5.3.1', axis: 'wght' },
    ...{ like: 'Times New Roman', widthPercent: 115.9, ascent: 1.036, descent: 0.335 },
  },
}

/** A font comes in parts by alphabet; a browser fetches the second only for a letter that is in it. */
export const fontParts = ['latin', 'latin-ext'] as const
export type FontPart = (typeof fontParts)[number]

const ranges: Record<FontPart, string> = {
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  'latin-ext':
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
}

/** Where a part of the font is served, on every host. */
export function fontPath(id: FontId, part: FontPart): string {
  return `/fonts/${id}-${brandFonts[id].version}-${part}.woff2`
}

/** Where the rules of a font are served. */
export function fontSheetPath(id: FontId): string {
  return `/fonts/${id}-${brandFonts[id].version}.css`
}

/** The `@font-face` rules of one font. Until it is there text stands in its stand-in, and is never invisible. */
export function fontFaces(id: FontId): string {
  const { family } = brandFonts[id]
  const face = (part: FontPart) =>
    `@font-face{font-family:"${family}";src:url("${fontPath(id, part)}") format("woff2");font-weight:400 700;font-display:swap;unicode-range:${ranges[part]}}`
  return fontParts.map(face).join('')
}

/** The rule of its stand-in: a font every device has, made as wide and as tall, so that every line stays where it will be. */
export function fontStandIn(id: FontId): string {
  const { family, like, widthPercent, ascent, descent } = brandFonts[id]
  const percent = (em: number) => `${((em / widthPercent) * 10_000).toFixed(1)}%`
  return `@font-face{font-family:"${family} stand-in";src:local("${like}");size-adjust:${widthPercent}%;ascent-override:${percent(ascent)};descent-override:${percent(descent)};line-gap-override:0%}`
}

/** What `font-family` is told before the system's own fonts. */
export function fontFamilies(id: FontId): string {
  const { family } = brandFonts[id]
  return `"${family}","${family} stand-in"`
}
