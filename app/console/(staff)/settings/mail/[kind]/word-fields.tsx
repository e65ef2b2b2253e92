import { TextField } from '@/components/ui/text-field'
import { lengthsMax, type Place, type Typed, type WordedKind, type Wording, wordingTerms } from '@/lib/mail/wording'
import type { Locale } from '@/messages/words'
import { TextArea } from '../../text-area'

type Props = {
  kind: WordedKind
  locale: Locale
  typed: Typed
  problems: Partial<Record<keyof Wording, string>>
  change: (part: Partial<Typed>) => void
}

const meanings: Record<Place, string> = {
  sender: 'your name',
  client: 'the client’s name',
  invoice: 'the invoice’s number',
  invoices: '“invoice 10001” or “invoices 10001 and 10002”',
  amount: 'the amount',
  due: 'the date it is due',
  date: 'the date of the debit',
  method: 'how it is paid',
}

/** What an MSP may say: subject, opening, closing. */
export function WordFields({ kind, locale, typed, problems, change }: Props) {
  const { keepsSubject, keepsOpening, places } = wordingTerms[kind]
  return (
    <div className="grid gap-5">
      {!keepsSubject && (
        <TextField
          id="words-subject"
          label="Subject"
          lang={locale}
          value={typed.subject}
          onChange={({ target }) => change({ subject: target.value })}
          error={problems.subject}
          hint={`One line of at most ${lengthsMax.subject} letters`}
          autoComplete="off"
        />
      )}
      <TextArea
        id="words-opening"
        label="Opening"
        lang={locale}
        rows={4}
        value={typed.opening}
        onChange={({ target }) => change({ opening: target.value })}
        error={problems.opening}
        hint={
          keepsOpening
            ? 'Before our sentence. May stay empty'
            : `One paragraph of at most ${lengthsMax.opening} letters`
        }
      />
      <TextArea
        id="words-closing"
        label="Closing"
        lang={locale}
        rows={2}
        value={typed.closing}
        onChange={({ target }) => change({ closing: target.value })}
        error={problems.closing}
        hint={`At the end, at most ${lengthsMax.closing} letters. May stay empty`}
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs text-text-2">
        {places.map((place) => (
          <div key={place} className="contents">
            <dt className="mono text-text">{`{${place}}`}</dt>
            <dd>{meanings[place]}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
