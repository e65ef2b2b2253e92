import { render } from '@react-email/render'
import { type Letter, oneLine, type Rendered, type Sender } from './letter'
import { LetterHtml } from './letter-html'
import { letterText } from './letter-text'

/** Gives a letter its two forms. */
export async function renderLetter(letter: Letter, sender: Sender): Promise<Rendered> {
  return {
    subject: oneLine(letter.subject),
    html: await render(<LetterHtml letter={letter} sender={sender} />),
    text: letterText(letter, sender),
  }
}
