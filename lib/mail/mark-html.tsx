import { Img } from '@react-email/components'
import type { MailColors } from './colors'
import { fontFamily } from './font-family'
import type { Sender } from './letter'
import { logoSource } from './logo-part'

/** The MSP's logo, or its initials, each on a ground of its own, so that it reads whatever a mail program does to the rest. */
export function MarkHtml({ sender, colors }: { sender: Sender; colors: MailColors }) {
  const { logo } = sender.brand
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          {logo === null ? (
            <td
              className="mark"
              style={{
                ...{ width: 32, height: 32, borderRadius: 8, textAlign: 'center' as const, fontFamily },
                ...{ fontSize: 16, lineHeight: '32px', fontWeight: 700 },
                ...{ backgroundColor: colors.brand.light, color: colors.onBrand.light },
              }}
            >
              {sender.brand.initials || sender.name.slice(0, 1)}
            </td>
          ) : (
            <td className={logo.needsPlate ? 'plate' : undefined} style={{ padding: 2, borderRadius: 6 }}>
              <Img
                src={logoSource(logo)}
                alt={logo.showsName ? sender.name : ''}
                width={Math.round((logo.width * 32) / logo.height)}
                height={32}
              />
            </td>
          )}
          {logo?.showsName !== true && (
            <td
              className="tx"
              style={{
                ...{ paddingLeft: 10, fontFamily, fontSize: 16, lineHeight: '24px', fontWeight: 600 },
                ...{ color: colors.text.light },
              }}
            >
              {sender.name}
            </td>
          )}
        </tr>
      </tbody>
    </table>
  )
}
