import { fontSheetPath } from '@/lib/tenancy/brand-fonts'
import '../../globals.css'
import { Surface, type SurfaceProps } from './surface'

/** Everything a client meets: the MSP’s brand, its language, its address. No mark of ours. */
export function ClientSurface(props: SurfaceProps) {
  return (
    <>
      <link rel="stylesheet" href={fontSheetPath(props.tenant.brand.font)} precedence="font" />
      <Surface {...props} />
    </>
  )
}
