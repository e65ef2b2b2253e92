import { Button, Column, Container, Head, Html, Preview, Row, Section, Text } from '@react-email/components'
import type { CSSProperties, ReactNode } from 'react'
import { type MailColors, mailColors } from './colors'
import { fontFamily } from './font-family'
import type { Block, FootLink, Letter, Sender, Row as TableRow } from './letter'
import { addressLine } from './letter-text'
import { MarkHtml } from './mark-html'

/** The HTML part: 600 px, tables, inline styles, the system's font, one button, nothing loaded from anywhere. */
export function LetterHtml({ letter, sender }: { letter: Letter; sender: Sender }) {
  const colors = mailColors(sender.brand)
  return (
    <Html lang={letter.locale}>
      <Head>
        <title>{letter.subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* Built from checked tokens alone: see darkAndNarrow. */}
        <style>{darkAndNarrow(colors, sender.brand.theme)}</style>
      </Head>
      <Preview>{letter.preview}</Preview>
      <body className="bg" style={{ margin: 0, padding: 0, backgroundColor: colors.canvas.light, fontFamily }}>
        <Section className="outer" style={{ padding: '32px 16px' }}>
          <Container style={{ width: '100%', maxWidth: 600 }}>
            <Section className="box" style={boxStyle(colors)}>
              <Inset top={32}>
                <MarkHtml sender={sender} colors={colors} />
              </Inset>
              {letter.blocks.map((block, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a letter is rendered once and never changes
                <BlockHtml key={at} block={block} colors={colors} radius={sender.brand.radius} />
              ))}
              <div style={{ height: 32, lineHeight: '32px' }}>&nbsp;</div>
            </Section>
            <Section className="px" style={{ padding: '20px 40px 0' }}>
              {[addressLine(sender), ...letter.foot]
                .filter((line) => line !== '')
                .map((line) => (
                  <FootHtml key={typeof line === 'string' ? line : line.url} line={line} colors={colors} />
                ))}
            </Section>
          </Container>
        </Section>
      </body>
    </Html>
  )
}

function FootHtml({ line, colors }: { line: string | FootLink; colors: MailColors }) {
  return (
    <Words tone="text3" colors={colors} size={12} center>
      {typeof line === 'string' ? (
        line
      ) : (
        <a className="t3" href={line.url} style={{ color: colors.text3.light, textDecoration: 'underline' }}>
          {line.text}
        </a>
      )}
    </Words>
  )
}

function BlockHtml({ block, colors, radius }: { block: Block; colors: MailColors; radius: number }) {
  switch (block.is) {
    case 'paragraph':
      return (
        <Inset top={20}>
          <Words tone="text2" colors={colors} size={16}>
            {block.text}
          </Words>
        </Inset>
      )
    case 'amount':
      return (
        <Inset top={12}>
          <Text
            className="tx big"
            style={{ ...plain, fontSize: 40, lineHeight: '46px', fontWeight: 600, color: colors.text.light }}
          >
            {block.text}
          </Text>
          {block.under !== undefined && (
            <Words tone="text2" colors={colors} size={15}>
              {block.under}
            </Words>
          )}
        </Inset>
      )
    case 'button':
      return (
        <Inset top={24}>
          <Button
            className="btn"
            href={block.url}
            style={{
              ...{ display: 'block', padding: '14px 24px', borderRadius: radius, textAlign: 'center' as const },
              ...{ fontSize: 16, lineHeight: '22px', fontWeight: 600, textDecoration: 'none' },
              ...{ backgroundColor: colors.brand.light, color: colors.onBrand.light },
            }}
          >
            {block.label}
          </Button>
          {block.under !== undefined && (
            <div style={{ paddingTop: 12 }}>
              <Words tone="text3" colors={colors} size={14} center>
                {block.under}
              </Words>
            </div>
          )}
        </Inset>
      )
    case 'notice':
      return (
        <Inset top={28}>
          <Section
            className="soft"
            style={{ backgroundColor: colors.soft.light, borderRadius: radius, padding: '16px 20px' }}
          >
            <Words tone="text" colors={colors} size={15} strong>
              {block.title}
            </Words>
            <Words tone="text2" colors={colors} size={14}>
              {block.text}
            </Words>
          </Section>
        </Inset>
      )
    case 'rows':
      return (
        <Inset top={24}>
          {block.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an invoice may be the same
            <RowHtml key={at} row={row} colors={colors} />
          ))}
        </Inset>
      )
  }
}

function RowHtml({ row, colors }: { row: TableRow; colors: MailColors }) {
  const isTotal = row.weight === 'total'
  const tone = row.weight === 'quiet' ? 'text2' : 'text'
  const cell: CSSProperties = {
    padding: isTotal ? '12px 0 0' : '9px 0',
    ...(isTotal ? {} : { borderBottom: `1px solid ${colors.line.light}` }),
  }
  return (
    <Row>
      <Column className="ln" style={cell}>
        <Words tone={tone} colors={colors} size={isTotal ? 15 : 14} strong={isTotal}>
          {row.label}
          {row.note !== undefined && (
            <span className="t3" style={{ color: colors.text3.light }}>
              {` ${row.note}`}
            </span>
          )}
        </Words>
      </Column>
      <Column className="ln" align="right" style={{ ...cell, paddingLeft: 16, whiteSpace: 'nowrap' }}>
        <Words tone={tone} colors={colors} size={isTotal ? 15 : 14} strong={isTotal}>
          {row.value}
        </Words>
      </Column>
    </Row>
  )
}

function Inset({ top, children }: { top: number; children: ReactNode }) {
  return (
    <Section className="px" style={{ padding: `${top}px 40px 0` }}>
      {children}
    </Section>
  )
}

const plain: CSSProperties = { margin: 0, fontFamily }
const classNames = { text: 'tx', text2: 't2', text3: 't3' } as const

function Words(props: {
  tone: keyof typeof classNames
  colors: MailColors
  size: 12 | 14 | 15 | 16
  strong?: boolean
  center?: boolean
  children: ReactNode
}) {
  const lineHeight = { 12: '18px', 14: '21px', 15: '22px', 16: '24px' }[props.size]
  return (
    <Text
      className={classNames[props.tone]}
      style={{
        ...plain,
        fontSize: props.size,
        lineHeight,
        color: props.colors[props.tone].light,
        ...(props.strong === true ? { fontWeight: 600 } : {}),
        ...(props.center === true ? { textAlign: 'center' } : {}),
      }}
    >
      {props.children}
    </Text>
  )
}

function boxStyle(colors: MailColors): CSSProperties {
  return { backgroundColor: colors.surface.light, border: `1px solid ${colors.line.light}`, borderRadius: 14 }
}

function darkAndNarrow(colors: MailColors, theme: Sender['brand']['theme']): string {
  const { canvas, surface, line, text, text2, text3, brand, onBrand, soft } = colors
  const dark = [
    `.bg{background-color:${canvas.dark}!important}`,
    `.box{background-color:${surface.dark}!important;border-color:${line.dark}!important}`,
    `.tx{color:${text.dark}!important}.t2{color:${text2.dark}!important}.t3{color:${text3.dark}!important}`,
    `.ln{border-color:${line.dark}!important}.soft{background-color:${soft.dark}!important}`,
    '.plate{background-color:#ffffff!important}',
    `.btn,.btn span,.mark{background-color:${brand.dark}!important;color:${onBrand.dark}!important}`,
  ].join('')
  const narrow =
    '.px{padding-left:20px!important;padding-right:20px!important}.big{font-size:34px!important;line-height:40px!important}' +
    '.outer{padding:0!important}.box{border-radius:0!important;border-left:0!important;border-right:0!important}'
  const when = { auto: '(prefers-color-scheme:dark)', light: 'not all', dark: 'all' }[theme]
  return `@media (max-width:620px){${narrow}}@media ${when}{${dark}}`
}
