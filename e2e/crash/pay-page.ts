import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Manifest = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), filename: z.string() })),
})

/** Ids of the server actions in the build, by file and name. */
export function actionIds(buildFolder: string): (file: string, name: string) => string {
  const text = readFileSync(join(buildFolder, 'server/server-reference-manifest.json'), 'utf8')
  const { node } = Manifest.parse(JSON.parse(text))
  return (file, name) => {
    const found = Object.entries(node).find(([, one]) => one.filename === file && one.exportedName === name)
    if (found === undefined) throw new Error(`the build has no action ${name} of ${file}`)
    return found[0]
  }
}

/**
 * Presses a button as the page does: the action by its id, its arguments as React sends them.
 * @throws Error when no answer came: the process died, or had a fault of its own
 */
export async function pressAction<Answer>(
  url: string,
  actionId: string,
  args: unknown[],
  cookie?: string,
): Promise<Answer> {
  const response = await callAction(url, actionId, {
    body: JSON.stringify(args),
    type: 'text/plain;charset=UTF-8',
    ...(cookie === undefined ? {} : { cookie }),
  })
  return returnedBy(await response.text()) as Answer
}

/**
 * Presses "Refund" in the console.
 * @throws Error also when it was refused: the page then stays, and says why
 */
export async function pressRefund(
  publicUrl: string,
  actionId: string,
  cookie: string,
  refund: { id: string; amount: string; reason: string },
): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(refund)) form.append(`_1_${name}`, value)
  form.append('0', JSON.stringify(['$undefined', '$K1']))
  const response = await callAction(`${publicUrl}/console/payments/${refund.id}`, actionId, { body: form, cookie })
  const goesOnTo = response.headers.get('x-action-redirect') ?? response.headers.get('location') ?? ''
  if (!goesOnTo.includes('said=refunded')) throw new Error(`not refunded: ${(await response.text()).slice(0, 300)}`)
}

async function callAction(
  url: string,
  actionId: string,
  call: { body: string | FormData; type?: string; cookie?: string },
): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    body: call.body,
    redirect: 'manual',
    signal: AbortSignal.timeout(40_000),
    headers: {
      'next-action': actionId,
      accept: 'text/x-component',
      origin: new URL(url).origin,
      ...(call.type === undefined ? {} : { 'content-type': call.type }),
      ...(call.cookie === undefined ? {} : { cookie: call.cookie }),
    },
  })
  if (response.status >= 400) throw new Error(`${response.status} ${(await response.text()).slice(0, 300)}`)
  return response
}

/** The value an action returned, out of React's rows: row 0 names the row that holds it. */
function returnedBy(text: string): unknown {
  const rows = new Map(
    text.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1)]
    }),
  )
  const head = z.object({ a: z.string() }).parse(JSON.parse(rows.get('0') ?? '{}'))
  const value = rows.get(head.a.replace('$@', '')) ?? ''
  if (!value.startsWith('{')) throw new Error(`the action answered ${text.slice(0, 300)}`)
  return JSON.parse(value)
}
