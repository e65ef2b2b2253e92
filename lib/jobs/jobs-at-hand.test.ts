import { EventEmitter } from 'node:events'
import type { WorkerEventMap, WorkerEvents } from 'graphile-worker'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JobsAtHand } from './jobs-at-hand'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const events: WorkerEvents = new EventEmitter()
const atHand = new JobsAtHand(events)
const start = (id: number) => events.emit('job:start', { job: { id: String(id) } } as WorkerEventMap['job:start'])
const complete = (id: number) =>
  events.emit('job:complete', { job: { id: String(id) } } as WorkerEventMap['job:complete'])

test('a job is at hand from its start until a minute after its end, and then nothing of it is kept', () => {
  for (let id = 0; id < 1_000; id += 1) start(id)
  vi.advanceTimersByTime(3_600_000)
  expect(atHand.has('999')).toBe(true)
  for (let id = 0; id < 1_000; id += 1) complete(id)
  vi.advanceTimersByTime(59_000)
  expect(atHand.has('999')).toBe(true)
  vi.advanceTimersByTime(1_000)
  expect([atHand.has('999'), atHand.size]).toEqual([false, 0])
})

test('one that failed and is begun again within the minute stays at hand', () => {
  start(1)
  complete(1)
  vi.advanceTimersByTime(30_000)
  start(1)
  vi.advanceTimersByTime(3_600_000)
  expect(atHand.has('1')).toBe(true)
})
