// Installs the packages of the lockfile, unless they are there. For what needs them before it can say so.
import { installPackages } from './on-node-24.mjs'

await installPackages()
