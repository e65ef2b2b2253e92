import { Card } from '@/components/ui/card'
import { describeChange, type Version } from '@/lib/reports/version-change'
import { bare, cash } from '../../cash'
import { at } from '../../when'

/** Every version the PSA ever told, newest first: what changed, and the old lines to read. */
export function VersionsCard({ versions, timeZone }: { versions: Version[]; timeZone: string }) {
  if (versions.length < 2) return null
  return (
    <Card title="Versions" flush>
      <ol className="text-sm">
        {versions.toReversed().map((version) => {
          const before = versions.find((one) => one.version === version.version - 1)
          return (
            <li key={version.version} className="border-hairline px-4 py-2.5 not-first:border-t wide:px-5">
              <p className="flex justify-between gap-4">
                <span className="font-medium">
                  Version {version.version}, <span className="num">{cash(version.total)}</span>
                </span>
                <span className="num text-text-3 text-xs leading-5">{at(version.seenAt, timeZone)}</span>
              </p>
              {before !== undefined && (
                <ul className="text-text-2 text-xs">
                  {describeChange(before, version, 'en-US').map((said) => (
                    <li key={said}>{said}</li>
                  ))}
                </ul>
              )}
              <details className="mt-1 text-xs">
                <summary className="text-link">Its lines</summary>
                <table className="mt-1 w-full">
                  <tbody>
                    {version.lines.map(({ description, quantity, amount }, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a version never move
                      <tr key={index} className="align-top">
                        <td className="py-0.5 pr-2 text-text-2">
                          {description} <span className="text-text-3">× {quantity}</span>
                        </td>
                        <td className="num py-0.5 text-right">{bare(amount)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </details>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
