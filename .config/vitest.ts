import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { plant } from '../e2e/planted/plant.ts'

const root = resolve(import.meta.dirname, '..')
const alias = {
  '@': root,
  // Throws outside Next by design; its empty half is what a server gets.
  'server-only': resolve(root, 'node_modules/server-only/empty.js'),
}
const shared = () => ({ resolve: { alias }, plugins: [plant()] })

export default defineConfig({
  root,
  test: {
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
        test: { name: 'planted', include: ['e2e/planted/*.test.ts'], testTimeout: 120_000, fileParallelism: false },
      },
    ],
  },
})
