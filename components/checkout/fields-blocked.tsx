import { Notice } from '@/components/ui/notice'

/** Stripe’s own script did not arrive: what that means, and one way on. */
export function FieldsBlocked({ text, again }: { text: string; again: string }) {
  return (
    <Notice tone="warn" role="alert">
      <p>{text}</p>
      <button type="button" onClick={() => location.reload()} className="py-1 font-medium text-brand-text underline">
        {again}
      </button>
    </Notice>
  )
}
