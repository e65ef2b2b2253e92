import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** Packages that look for files of their own beside themselves, or hold a program: they are loaded from where they are. */
const external = ['pdfkit', 'sharp', 'pg-native']
/** What packages written for `require` expect to find around them. */
const banner = [
  `import { createRequire } from 'node:module'`,
  'const require = createRequire(import.meta.url)',
  'const { filename: __filename, dirname: __dirname } = import.meta',
].join('\n')

/**
 * The worker, its packages included, in a few files: a process that is killed dozens of times in a minute must start in a
 * fraction of the second that reading a thousand modules takes. The code is the same to the letter.
 * @param folder where the files are kept; one that lies in the repository, for packages are looked for from there
 * @returns the file to start
 */
export async function bundleWorker(folder: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: { worker: 'scripts/worker.ts' },
    ...{ bundle: true, splitting: true, write: false, metafile: false },
    ...{ platform: 'node', target: 'node24', format: 'esm', jsx: 'automatic' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    alias: { 'server-only': './node_modules/server-only/empty.js' },
    banner: { js: banner },
    external,
    logLevel: 'error',
  })
  const entry = outputFiles.find(({ path }) => basename(path) === 'worker.mjs')
  if (entry === undefined) throw new Error('the bundle has no worker')
  const finished = join(folder, `worker-${entry.hash.replaceAll(/\W/g, '')}`)
  if (!existsSync(finished)) {
    mkdirSync(folder, { recursive: true })
    const begun = mkdtempSync(join(folder, 'worker-begun-'))
    for (const { path, contents } of outputFiles) writeFileSync(join(begun, basename(path)), contents)
    try {
      renameSync(begun, finished)
    } catch {
      rmSync(begun, { recursive: true }) // another stage was quicker with the same
    }
  }
  return join(finished, 'worker.mjs')
}
