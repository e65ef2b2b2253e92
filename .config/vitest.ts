import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { withoutFilters } from '../e2e/isolation/without-filters.ts'
import { plant } from '../e2e/planted/plant.ts'

const root = resolve(import.meta.dirname, '..')
const alias = {
  '@': root,
  // Throws outside Next by design; its empty half is what a server gets.
  'server-only': resolve(root, 'node_modules/server-only/empty.js'),
}
const shared = () => ({ resolve: { alias }, plugins: [plant(), withoutFilters()] })

export default defineConfig({
  root,
  test: {
    // A file is loaded otherwise where a bug is planted or the filters are out: what an earlier run kept would hide it.
    fsModuleCache: process.env.PLANTED_BUG === undefined && process.env.ISOLATION === undefined,
    projects: [
      {
        ...shared(),
        test: {
          name: 'unit',
          include: ['{lib,scripts,components,app,messages}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        ...shared(),
        test: {
          name: 'sandbox',
          include: ['sandbox/**/*.test.ts'],
          // These ask for nonsense on purpose: what they say is not held against the vendors' descriptions.
          env: { SANDBOX_TRACE: '' },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        ...shared(),
        test: {
          name: 'db',
          include: ['{lib,app,scripts,e2e}/**/*.db.test.ts'],
          globalSetup: ['e2e/support/postgres-for-tests.ts'],
          setupFiles: ['e2e/support/database-per-file.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        ...shared(),
        test: {
          name: 'crash',
          env: { LOG_LEVEL: 'silent' },
          include: ['e2e/crash/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
        },
      },
      {
        // Each runs other tests in a process of its own, under circumstances they must notice.
        test: {
          name: 'proofs',
          include: ['e2e/{planted,isolation}/*.test.ts'],
          exclude: ['**/*.db.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
