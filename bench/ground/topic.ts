import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Crew } from '../../scripts/demo/crew.ts'
import type { Finding } from '../measure/finding.ts'

/** Reports one finding as soon as it stands. */
export type Tell = (finding: Finding) => void

/**
 * Runs one topic in this process, which `bench/run.ts` started for it: findings go out over IPC, everything that was
 * started is stopped.
 */
export async function runTopic(measure: (crew: Crew, tell: Tell) => Promise<void>): Promise<void> {
  const logs = mkdtempSync(join(tmpdir(), 'closeloop-bench-log-'))
  const crew = new Crew({ logFolder: logs, graceMs: 5_000 })
  const stop = async () => {
    await crew.stop()
    rmSync(logs, { recursive: true, force: true })
  }
  const abandon = () => void stop().then(() => process.exit(1))
  process.once('disconnect', abandon)
  try {
    await Promise.race([measure(crew, (finding) => void process.send?.(finding)), crew.lost])
  } finally {
    await stop()
  }
  process.off('disconnect', abandon)
  process.disconnect()
}
