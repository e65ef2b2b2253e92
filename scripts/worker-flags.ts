/**
 * How the worker's Node is started. Left to itself, V8 lets the heap of a process that makes much garbage, as a sync does,
 * grow to many times what lives in it; here it collects when the heap has grown by half, and the young generation, whose
 * three parts are never given back, stays small. `npm run worker` has the same.
 */
export const workerFlags = [
  '--max-semi-space-size=8',
  '--heap-growing-percent=50',
  ...['--import', 'tsx', '--import', './scripts/server-only.ts'],
]
