import { fontSheetPath } from '@/lib/tenancy/brand-fonts'
import { Surface, type SurfaceProps } from '../surface'
import style from './pay.css.inline'

/**
 * A page that is opened from a mail: mostly once, often on a phone, by somebody who wants to see one amount. Its style
 * comes inside it, so that nothing has to be fetched before the amount is drawn; the font's rules, which must be a file
 * (lib/tenancy/font-file.ts says why), come at its end, and the amount stands in the font's stand-in until then.
 */
export function PaySurface(props: Omit<SurfaceProps, 'style'>) {
  return (
    <>
      <Surface {...props} style={style} />
      <link rel="stylesheet" href={fontSheetPath(props.tenant.brand.font)} />
    </>
  )
}
