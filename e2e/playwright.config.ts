import { defineConfig, devices } from '@playwright/test'
import { chromiumFlags } from '../scripts/test/chromium-flags.ts'

/**
 * The journeys share one simulated world with one clock, so they run one after the other; each brings clients or invoices
 * of its own. `npm test -- browser` starts what they need and runs them.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../.data/test/browser',
  workers: 1,
  // Nothing here is about speed: on a busy machine a journey takes longer, and is as true.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  // As everywhere in the gate: what fails is told once more, and named (scripts/test/run-tests.ts).
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: [['list'], ['json']],
  use: {
    ...devices['Desktop Chrome'],
    ...(process.env.E2E_WEB === undefined ? {} : { baseURL: process.env.E2E_WEB }),
    locale: 'en-US',
    timezoneId: 'America/New_York',
    // As long as what is expected may take: what has nothing to press by then says so, instead of the journey’s three minutes.
    actionTimeout: 30_000,
    // What the page held at each step is kept for a journey that fails; a film of it costs more than the journey.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: false },
    launchOptions: {
      ...(process.env.CHROMIUM_PATH === undefined ? {} : { executablePath: process.env.CHROMIUM_PATH }),
      args: chromiumFlags,
    },
  },
})
