import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = resolve(import.meta.dirname, '..')
const alias = {
  '@': root,
  // Throws outside Next by design; its empty half is what a server gets.
  'server-only': resolve(root, 'node_modules/server-only/empty.js'),
}

export default defineConfig({
  root,
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{lib,sandbox,scripts,components,app}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'db',
          include: ['{lib,app,e2e}/**/*.db.test.ts'],
          globalSetup: ['e2e/support/postgres-for-tests.ts'],
          setupFiles: ['e2e/support/database-per-file.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
