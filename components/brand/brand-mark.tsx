import type { Tenant } from '@/lib/tenancy/tenant'
import { logoPath } from './logo-path'

/** The MSP's logo and name; without a logo a tile with its initials. A logo that shows the name stands alone. */
export function BrandMark({ tenant: { name, slug, brand } }: { tenant: Pick<Tenant, 'name' | 'slug' | 'brand'> }) {
  const { logo, initials } = brand
  const look = 'inline-flex items-center gap-2.5 whitespace-nowrap font-semibold text-lg text-text tracking-[-0.01em]'
  if (logo === null)
    return (
      <span className={look}>
        <span
          aria-hidden
          className="grid size-7 flex-none place-items-center rounded-md bg-brand font-bold text-brand-on text-sm"
        >
          {initials || name.slice(0, 1)}
        </span>
        {name}
      </span>
    )
  return (
    <span className={look}>
      {/* biome-ignore lint/performance/noImgElement: drawn at its size already, and kept for good under its hash */}
      <img
        src={logoPath(slug, logo, 56)}
        srcSet={`${logoPath(slug, logo, 112)} 2x`}
        alt={logo.showsName ? name : ''}
        width={Math.round((logo.width * 28) / logo.height)}
        height={28}
        className={`h-7 max-w-[60vw] flex-none object-contain ${logo.needsPlate ? plate : ''}`}
      />
      {!logo.showsName && name}
    </span>
  )
}

/** White in the dark theme only: what is dark itself would vanish there. */
const plate = 'box-content rounded-sm bg-[light-dark(transparent,#fff)] p-0.5'
