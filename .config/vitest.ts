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
    fsModuleCache: true,
    // Of tests that say they may run side by side: these start processes of their own.
    maxConcurrency: 2,
    projects: [
      {
        ...shared(),
        test: {
          name: 'unit',
          include: ['{lib,scripts,components,app,messages}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        ...shared(),
        test: {
          name: 'sandbox',
          include: ['sandbox/**/*.test.ts'],
          // These ask for nonsense on purpose: what they say is not held against the vendors' descriptions.
          env: { SANDBOX_TRACE: '' },
          testTimeout: 180_000,
          hookTimeout: 180_000,
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
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
      {
        ...shared(),
        test: {
          name: 'crash',
          env: { LOG_LEVEL: 'silent' },
          include: ['e2e/crash/*.test.ts'],
          globalSetup: ['e2e/crash/built-web.ts'],
          // Far beyond what they take: a machine that is busy with something else is no failure.
          testTimeout: 900_000,
          hookTimeout: 900_000,
          maxWorkers: 2,
        },
      },
      {
        // Each runs other tests in a process of its own, under circumstances they must notice.
        test: {
          name: 'proofs',
          include: ['e2e/{planted,isolation,faults}/*.test.ts'],
          exclude: ['**/*.db.test.ts'],
          globalSetup: ['e2e/support/postgres-for-tests.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
