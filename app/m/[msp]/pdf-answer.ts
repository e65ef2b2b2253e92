/** A PDF to look at or keep; `name` without ending. */
export function pdfAnswer(pdf: Buffer, name: string): Response {
  const file = name.replace(/[^\w.-]+/g, '-')
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${file}.pdf"`,
      'cache-control': 'no-store',
    },
  })
}
