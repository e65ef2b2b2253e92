import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonTone, buttonLook } from './button-look'

type Props = ComponentProps<typeof Link> & { tone?: ButtonTone; size?: ButtonSize }

/** A link that looks like the button it leads to. */
export function LinkButton({ tone, size, className, ...rest }: Props) {
  return <Link className={buttonLook(tone, size, className)} {...rest} />
}
