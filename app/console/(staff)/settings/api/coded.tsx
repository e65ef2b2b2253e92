/** A sentence of the OpenAPI document, where what stands between backticks is code. */
export function Coded({ text }: { text: string }) {
  const parts = text.split('`').map((part, at) => ({ part, isCode: at % 2 === 1, key: `${at}:${part}` }))
  return parts.map(({ part, isCode, key }) =>
    isCode ? (
      <span key={key} className="mono">
        {part}
      </span>
    ) : (
      part
    ),
  )
}
