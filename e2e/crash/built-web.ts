import { buildWeb, isBuilt } from '../../scripts/demo/web-build.ts'

/** Before the stages open side by side, the web process they both start is built, once. */
export default async function setup(): Promise<void> {
  if (!builtFolders.some(isBuilt)) await buildWeb('.next-test')
}

const builtFolders = ['.next-test', '.next']
