import 'server-only'
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const deadlineMs = 15_000
const bytesMax = 4_000_000

/**
 * Draws an SVG in a process of its own, without our environment, that is killed when it takes too long: a drawing of two
 * kilobytes can ask for hours of work, and nothing inside the library that draws it can be interrupted.
 * @returns undefined when it cannot be drawn, or not in time
 */
export async function rasterizeSvg(svg: Buffer, height: number): Promise<Buffer | undefined> {
  const script = join(process.cwd(), 'lib/tenancy/svg-to-png.ts')
  const drawer = spawn(process.execPath, [script, String(height)], {
    env: { NODE_ENV: process.env.NODE_ENV },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: deadlineMs,
    killSignal: 'SIGKILL',
  })
  const chunks: Buffer[] = []
  let size = 0
  drawer.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > bytesMax) drawer.kill('SIGKILL')
    else chunks.push(chunk)
  })
  // One that died before it had read everything is no news: its exit says so.
  drawer.stdin.on('error', () => {})
  drawer.stdin.end(svg)
  const code = await new Promise<number | null>((resolve) => {
    drawer.on('error', () => resolve(null))
    drawer.on('close', resolve)
  })
  return code === 0 ? Buffer.concat(chunks) : undefined
}
