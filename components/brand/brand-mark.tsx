import type { Brand } from '@/lib/tenancy/brand'

/** The MSP's tile and name. */
export function BrandMark({ name, brand }: { name: string; brand: Brand }) {
  return (
    <span className="inline-flex items-center gap-2.5 whitespace-nowrap font-semibold text-lg text-text tracking-[-0.01em]">
      <span
        aria-hidden
        className="grid size-7 flex-none place-items-center rounded-md bg-brand font-bold text-brand-on text-sm"
      >
        {brand.initials || name.slice(0, 1)}
      </span>
      {name}
    </span>
  )
}
