// npm test: installs what is missing and runs every test. Names of parts after `--` run only those.
import { installPackages, runOnNode24 } from './on-node-24.mjs'

await installPackages()
await runOnNode24('scripts/test/run-tests.ts', process.argv.slice(2))
