import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { buildWidget } from '../scripts/widget/build-widget.ts'
import { runTopic } from './ground/topic.ts'
import { limitFinding, ratioFinding } from './measure/finding.ts'
import type { Rounds } from './measure/rounds.ts'
import { bundleOf, fetchPeers } from './widget/peers.ts'

const KB = 1_000
const brotli = (content: Uint8Array) => brotliCompressSync(content).length
const fileSize = (path: string) => brotli(readFileSync(`public${path}`))
/** Bytes are the same in every round, and no neighbour changes them. */
const once = (product: number, floor: number): Rounds<number, number> => ({
  pairs: [{ product, floor }],
  thrownAway: 0,
  isDisturbed: false,
  neighbours: [],
})

await runTopic(async (_, tell) => {
  await buildWidget()
  fetchPeers()
  const stripeLoader = brotli(
    await bundleOf(`import { loadStripe } from '@stripe/stripe-js'; globalThis.load = loadStripe`),
  )
  const hyperLoader = brotli(
    await bundleOf(`import { loadHyper } from '@juspay-tech/hyper-js'; globalThis.load = loadHyper`),
  )
  const adyenCard = brotli(
    await bundleOf(`import { AdyenCheckout, Card } from '@adyen/adyen-web'; globalThis.pay = [AdyenCheckout, Card]`),
  )
  const { script, style } = JSON.parse(readFileSync('public/embed/frame.json', 'utf8')) as Record<string, string>
  const sizes = { script: fileSize(script ?? ''), style: fileSize(style ?? '') }
  const frame = sizes.script + sizes.style

  tell(
    ratioFinding('widget.loader', once(fileSize('/embed/v1.js'), Math.min(stripeLoader, hyperLoader)), {
      unit: 'bytes of the loader, brotli, beside the smaller of stripe-js and hyper-js',
      goal: '<= 1',
      product: ({ product }) => product,
      floor: ({ floor }) => floor,
      detail: { stripeLoader, hyperLoader },
    }),
  )
  tell(
    ratioFinding('widget.frame', once(frame, adyenCard), {
      unit: 'bytes of the frame’s script and style, brotli, beside the script of Adyen’s card form',
      goal: '<= 0.5',
      product: ({ product }) => product,
      floor: ({ floor }) => floor,
      detail: sizes,
    }),
  )
  tell(
    limitFinding('widget.frame-limit', once(frame, adyenCard), {
      unit: 'KB of the frame’s script and style, brotli',
      goal: '<= 41',
      value: frame / KB,
    }),
  )
})
