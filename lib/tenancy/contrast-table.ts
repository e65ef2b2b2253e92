import { deriveColors, graphicNeeds, grounds, softOf, type TypedColors, textNeeds } from './brand-colors'
import { contrast } from './color'

export type ContrastRow = {
  where: 'button' | 'text-on-white' | 'text-on-tint' | 'border-on-white' | 'gray-on-canvas' | 'dark-button'
  /** Ratios, from 1 to 21, of the typed color and of the one clients see. */
  typed: number
  used: number
  needs: number
}

/**
 * What the typed colors would come to, what the derived ones come to, and what is required. The page's tint is used as
 * typed, so its row may fail; a color is darkened until its rows pass.
 */
export function contrastTable(typed: TypedColors): ContrastRow[] {
  const { light, dark } = deriveColors(typed)
  const text = light['brand-text']
  const row = (where: ContrastRow['where'], typedRatio: number, used: number, needs: number) => ({
    ...{ where, typed: typedRatio, used, needs },
  })
  const onTint = softOf(text)
  const darkButton = contrast(dark['brand-on'], dark.brand)
  const gray = contrast(grounds.gray, typed.canvas)
  return [
    row('button', contrast(grounds.white, typed.color), contrast(light['brand-on'], light.brand), textNeeds),
    row('text-on-white', contrast(typed.color, grounds.white), contrast(text, grounds.white), textNeeds),
    row('text-on-tint', contrast(typed.color, onTint), contrast(text, onTint), textNeeds),
    row('border-on-white', contrast(typed.color, grounds.white), contrast(text, grounds.white), graphicNeeds),
    row('gray-on-canvas', gray, gray, textNeeds),
    row('dark-button', darkButton, darkButton, textNeeds),
  ]
}
