import type { Phrase } from './phrase'

export function PhraseText({ phrase }: { phrase: Phrase }) {
  return phrase.map((part) =>
    typeof part === 'string' ? (
      part
    ) : (
      <b key={part.strong} className="num font-semibold text-text">
        {part.strong}
      </b>
    ),
  )
}
