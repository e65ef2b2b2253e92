import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRunning } from '../is-running.ts'
import { Crew } from './crew.ts'

const newCrew = (graceMs = 5_000) => new Crew({ logFolder: mkdtempSync(join(tmpdir(), 'crew-')), graceMs })
/** A process that says it is ready, and then does this. */
const hand = (crew: Crew, name: string, script: string) =>
  crew.start(name, ['-e', `process.send('ready'); ${script}`], process.env)
const ready = (child: ReturnType<typeof hand>) => new Promise((done) => child.once('message', done))

test('one that ends by itself is noticed, with its last words', async () => {
  const crew = newCrew()
  hand(crew, 'worker', `console.error('no database'); process.exit(3)`)
  await expect(crew.lost).rejects.toThrow(/worker ended by itself[\s\S]*no database/)
})

test('stopping leaves nobody behind, not even one that will not hear of it', async () => {
  const crew = newCrew(200)
  const polite = hand(crew, 'polite', 'setInterval(() => {}, 1000)')
  const deaf = hand(crew, 'deaf', `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`)
  await Promise.all([ready(polite), ready(deaf)])
  await crew.stop()
  for (const { pid = 0 } of [polite, deaf]) expect(isRunning(pid, 'setInterval')).toBe(false)
})

test('the last started stops first, so that nobody loses what it stands on', async () => {
  const crew = newCrew()
  const stopped: string[] = []
  for (const name of ['database', 'sandbox', 'web'])
    crew.take({ name, exited: new Promise(() => {}), stop: async () => void stopped.push(name) })
  await crew.stop()
  expect(stopped).toEqual(['web', 'sandbox', 'database'])
})
