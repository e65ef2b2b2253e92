// npm run demo: everything, from a clean clone, on a machine with only Node 20 and npm. -- --reset starts over.
import { installPackages, runOnNode24 } from './on-node-24.mjs'

await installPackages()
await runOnNode24('scripts/demo/run-demo.ts', process.argv.slice(2))
