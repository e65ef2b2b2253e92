import { CircleCheck, Pencil } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { SelectField } from '@/components/ui/select-field'
import { TextField } from '@/components/ui/text-field'
import { canvasFits, nearestCanvas, readableColor } from '@/lib/tenancy/brand-colors'
import { brandFonts, type FontId, fontIds } from '@/lib/tenancy/brand-fonts'
import { ColorField } from './color-field'
import { CornerChoice } from './corner-choice'
import { LogoField } from './logo-field'
import type { Draft } from './use-draft'

const themes = { auto: 'As the reader’s system has it', light: 'Always light', dark: 'Always dark' } as const

/** Logo, name, colors, font, corners. */
export function LookCard({ slug, draft, isPublished }: { slug: string; draft: Draft; isPublished: boolean }) {
  const { typed, readable, wrong, setBrand } = draft
  const { color, canvas } = readable.brand
  const used = readableColor({ color, canvas: nearestCanvas(canvas) })
  const fits = canvasFits(canvas)
  return (
    <Card
      title="Look"
      aside={
        isPublished ? (
          <Badge tone="good" icon={CircleCheck}>
            Published
          </Badge>
        ) : (
          <Badge icon={Pencil}>Not published</Badge>
        )
      }
    >
      <div className="grid gap-x-4 gap-y-5 wide:grid-cols-2">
        <LogoField slug={slug} draft={draft} />
        <TextField
          id="name"
          label="Name clients see"
          value={typed.name}
          maxLength={80}
          onChange={(event) => draft.setName(event.target.value)}
          error={wrong.includes('name') ? 'Clients need a name, on one line.' : undefined}
        />
        <ColorField
          id="brand.color"
          label="Brand color"
          value={typed.brand.color}
          onChange={(value) => setBrand({ color: value })}
          isWrong={wrong.includes('brand.color')}
          hint={
            used === color ? (
              'Used as it is: white reads on it'
            ) : (
              <>
                Used as <span className="mono">{used.toUpperCase()}</span>, same hue, dark enough to read
              </>
            )
          }
          offer={used === color ? undefined : used}
        />
        <ColorField
          id="brand.canvas"
          label="Page tint"
          value={typed.brand.canvas}
          onChange={(value) => setBrand({ canvas: value })}
          isWrong={wrong.includes('brand.canvas')}
          hint="Very light, or white"
          error={fits ? undefined : 'Too dark: gray text would not read on it'}
          offer={fits ? undefined : nearestCanvas(canvas)}
        />
        <SelectField
          label="Font"
          value={typed.brand.font}
          onChange={(event) => setBrand({ font: event.target.value as FontId })}
          hint="Six open fonts, served from your host"
        >
          {fontIds.map((id) => (
            <option key={id} value={id}>
              {brandFonts[id].family}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Light or dark"
          value={typed.brand.theme}
          onChange={(event) => setBrand({ theme: event.target.value as keyof typeof themes })}
          hint="The dark colors are ours, in your hue"
        >
          {Object.entries(themes).map(([theme, name]) => (
            <option key={theme} value={theme}>
              {name}
            </option>
          ))}
        </SelectField>
        <CornerChoice radius={typed.brand.radius} onChange={(radius) => setBrand({ radius })} />
      </div>
    </Card>
  )
}
