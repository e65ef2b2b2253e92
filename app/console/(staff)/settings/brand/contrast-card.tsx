import { Check, CircleCheck, OctagonX, X } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { grounds, nearestCanvas, readableColor, textNeeds } from '@/lib/tenancy/brand-colors'
import { contrast } from '@/lib/tenancy/color'
import type { ContrastRow } from '@/lib/tenancy/contrast-table'
import type { Draft } from './use-draft'

const places: Record<ContrastRow['where'], string> = {
  button: 'Button text on your color',
  'text-on-white': 'Your color as text, on white',
  'text-on-tint': 'Your color as text, on its tint',
  'border-on-white': 'Selected border, on white',
  'gray-on-canvas': 'Gray text on your page tint',
  'dark-button': 'Dark mode: button text',
}

/** What the typed colors would come to, what clients see, and what is required. */
export function ContrastCard({ rows, draft }: { rows: ContrastRow[]; draft: Draft }) {
  const { color, canvas, keepsTypedColor } = draft.readable.brand
  const used = readableColor({ color, canvas: nearestCanvas(canvas) })
  const passing = rows.filter((row) => row.used >= row.needs).length
  const carriesWhite = contrast(grounds.white, color) >= textNeeds
  return (
    <Card
      flush
      title="Contrast"
      aside={
        passing === rows.length ? (
          <Badge tone="good" icon={CircleCheck}>
            {passing} of {rows.length} pass
          </Badge>
        ) : (
          <Badge tone="bad" icon={OctagonX}>
            {passing} of {rows.length} pass
          </Badge>
        )
      }
      foot={
        used === color ? (
          `${color.toUpperCase()} reads everywhere. Clients see it as it is.`
        ) : (
          <div className="grid gap-2">
            <p>
              {color.toUpperCase()} is too light to {carriesWhite ? 'read as text everywhere' : 'carry white text'}.
              Clients see {used.toUpperCase()}: the same hue, darkened only as far as needed.
            </p>
            <button
              type="button"
              aria-pressed={keepsTypedColor}
              onClick={() => draft.setBrand({ keepsTypedColor: !keepsTypedColor })}
              className="justify-self-start py-1 text-link underline"
            >
              {keepsTypedColor
                ? `Use ${used.toUpperCase()} for large shapes too`
                : 'Keep the typed color for large shapes'}
            </button>
          </div>
        )
      }
    >
      <Table caption="Contrast of the brand’s colors">
        <thead>
          <tr>
            <Th>Where</Th>
            <Th num>Typed</Th>
            <Th num>Used</Th>
            <Th num>Needs</Th>
          </tr>
        </thead>
        <Tbody>
          {rows.map((row) => (
            <Tr key={row.where}>
              <Td className="whitespace-normal">{places[row.where]}</Td>
              <Td num>
                <Ratio value={row.typed} isShort={row.typed < row.needs} />
              </Td>
              <Td num>
                <Ratio value={row.used} isShort={row.used < row.needs} isUsed />
              </Td>
              <Td num className="text-text-3">
                {row.needs.toFixed(1)}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}

/** Cut off after the second digit, not rounded: 4.499 must not read as enough. */
function Ratio({ value, isShort, isUsed = false }: { value: number; isShort: boolean; isUsed?: boolean }) {
  const figure = (Math.floor(value * 100) / 100).toFixed(2)
  if (isShort)
    return (
      <span className="inline-flex items-center gap-1 text-bad">
        <X aria-hidden size={14} /> <span className="sr-only">too little: </span>
        {figure}
      </span>
    )
  return isUsed ? (
    <span className="inline-flex items-center gap-1 font-medium">
      <Check aria-hidden size={14} className="text-good" /> {figure}
    </span>
  ) : (
    <span className="text-text-2">{figure}</span>
  )
}
