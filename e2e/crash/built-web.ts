import { buildWeb, isBuilt } from '../../scripts/demo/web-build.ts'

/** Before the stages open side by side, the web process they all start is built, once; they take it as it is. */
export default async function setup(): Promise<void> {
  const built = process.env.CRASH_BUILD ?? ['.next-test', '.next'].find(isBuilt)
  if (built === undefined) await buildWeb('.next-test')
  process.env.CRASH_BUILD = built ?? '.next-test'
}
