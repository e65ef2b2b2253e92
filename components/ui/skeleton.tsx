import { classes } from './classes'

/** A gray bar where a line of text will be; it appears only after 200 ms. Sizes come by class: `w-24`, `h-8`. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classes('skeleton', className)} />
}
