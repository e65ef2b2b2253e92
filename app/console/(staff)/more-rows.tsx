import { LinkButton } from '@/components/ui/link-button'

/** Under a list that goes on: to the next rows, and back to the first. */
export function MoreRows({ next, first }: { next?: string; first?: string }) {
  if (next === undefined && first === undefined) return null
  return (
    <nav aria-label="More rows" className="flex justify-between gap-2">
      {first === undefined ? <span /> : <LinkButton href={first}>First rows</LinkButton>}
      {next !== undefined && <LinkButton href={next}>Next 50</LinkButton>}
    </nav>
  )
}
