/** What a person types into or chooses from. Its border says so at 3:1. */
export const inputLook =
  'w-full min-w-0 min-h-(--control) rounded-sm border border-edge bg-surface px-2.5 text-md text-text placeholder:text-text-3 focus-visible:border-focus focus-visible:-outline-offset-1 aria-invalid:border-bad-solid client:rounded-brand client:px-3.5 client:text-lg'
