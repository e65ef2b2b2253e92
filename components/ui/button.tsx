import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonTone, buttonLook } from './button-look'

type Props = ComponentProps<'button'> & { tone?: ButtonTone; size?: ButtonSize }

/** Names the act and, where money moves, the sum: “Refund $205.42”, never “Submit”. With `size="icon"` give it an aria-label. */
export function Button({ tone, size, className, type = 'button', ...rest }: Props) {
  return <button type={type} className={buttonLook(tone, size, className)} {...rest} />
}
