import { classes } from './classes'

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 'normal' | 'small' | 'icon' | 'block' | 'entry'

const tones: Record<ButtonTone, string> = {
  primary:
    'bg-ink text-text-on-ink hover:bg-ink-hover client:bg-brand client:text-brand-on client:hover:bg-brand-hover border-transparent',
  plain: 'bg-surface border-hairline-strong shadow-1 text-text hover:bg-hover',
  quiet: 'border-transparent text-text hover:bg-hover',
  danger: 'bg-surface border-bad-line text-bad hover:bg-bad-bg',
}
const sizes: Record<ButtonSize, string> = {
  normal: 'whitespace-nowrap min-h-(--control) px-3 text-sm font-medium client:px-4.5 client:text-[15px]',
  small:
    'whitespace-nowrap min-h-7 max-wide:min-h-10 px-2.5 text-sm font-medium client:min-h-11 client:px-3.5 client:text-md',
  icon: 'whitespace-nowrap min-h-(--control) w-(--control) max-wide:min-h-11 max-wide:w-11 text-sm',
  // One of a menu: as wide as it, beginning at its left.
  entry: 'w-full py-1 min-h-(--control) justify-start px-3 text-left text-sm font-medium client:text-md',
  // What says a sum may be wider than a phone: it wraps rather than push its card open.
  block:
    'w-full py-1 min-h-(--control) px-3 text-sm font-medium client:min-h-12 client:px-4.5 client:text-lg client:font-semibold',
}

/** One look for everything that acts: a button, a link that leads to an act, the summary of a menu. */
export function buttonLook(tone: ButtonTone = 'plain', size: ButtonSize = 'normal', extra?: string): string {
  return classes(
    'inline-flex cursor-pointer items-center justify-center gap-1.5 rounded-sm border leading-5 no-underline transition-colors hover:no-underline client:rounded-brand',
    'aria-disabled:cursor-default aria-disabled:opacity-70',
    tones[tone],
    sizes[size],
    extra,
  )
}
