import type { CheckoutFacts, Way, WayType } from './checkout'
import type { Forward } from './refusal-notice'
import type { Refused } from './use-payment'

/** A refusal under a heading that says what did not happen. */
export function refusalWords(refused: Refused, { ways, words }: CheckoutFacts) {
  const title = ways.find(({ type }) => type === refused.way)?.notCharged ?? ''
  return {
    title,
    reason: afterTitle(refused.reason, title),
    notes: refused.isDecline ? [words.stillOpen, ...(refused.way === 'card' ? [words.pending] : [])] : [],
    heading: words.ways,
  }
}

/** The ways forward after a decline: the other way first, then the same with other details, then the same again. */
export function forwardOf(
  refused: Refused,
  { ways, words }: CheckoutFacts,
  totalOf: (way: Way) => string,
  act: { turnTo: (way: Way, isSame: boolean) => void; again: (type: WayType) => void },
): Forward[] {
  if (!refused.isDecline) return []
  const again: Forward = {
    ...{ key: 'again', name: words.tryAgain, sub: words.tryAgainSub, button: words.tryAgain },
    ...{ isBest: false, act: () => act.again(refused.way) },
  }
  const others = ways.map((one): Forward => {
    const isSame = one.type === refused.way
    return {
      ...{ key: one.type, name: isSame ? one.chooseOther : one.choose, sub: totalOf(one), button: words.choose },
      ...{ isBest: !isSame, act: () => act.turnTo(one, isSame) },
    }
  })
  return [...others.filter(({ isBest }) => isBest), ...others.filter(({ isBest }) => !isBest), again]
}

/** “Your card was not charged: there was not enough credit.” under a heading that has said the first half. */
function afterTitle(reason: string, title: string): string {
  if (title === '' || !reason.startsWith(title)) return reason
  const rest = reason.slice(title.length).replace(/^[\s.:]+/, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
