// npm test: installs what is missing, the browser too, and runs every test. Names of parts after `--` run only those.
import { installChromium } from './chromium.mjs'
import { installPackages, runOnNode24 } from './on-node-24.mjs'

await installPackages()
await installChromium()
await runOnNode24('scripts/test/run-tests.ts', process.argv.slice(2))
