import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { type PlantedBug, plantedBugs } from './bugs.ts'

/** The bug this run has, if it is a run with one. */
export function plantedBug(): PlantedBug | undefined {
  const name = process.env.PLANTED_BUG
  if (name === undefined || name === '') return undefined
  const bug = plantedBugs.find((one) => one.name === name)
  if (bug === undefined) throw new Error(`No such bug: ${name}`)
  return bug
}

/** Puts the bug into its file as that is loaded; nothing on disk changes. */
export function plant(): Plugin {
  const bug = plantedBug()
  const place = bug !== undefined && 'file' in bug ? resolve(bug.file) : undefined
  const isPlace = (id: string) => id.split('?')[0] === place
  return {
    name: 'planted-bug',
    enforce: 'pre',
    // What an earlier run kept of this one file is another file; of all others it is the same.
    configureVitest: ({ defineCacheKeyGenerator }) =>
      defineCacheKeyGenerator(({ id }) => (isPlace(id) ? JSON.stringify(bug) : undefined)),
    transform(code, id) {
      if (bug === undefined || !('file' in bug) || !isPlace(id)) return undefined
      if (!code.includes(bug.from)) throw new Error(`${bug.file} no longer holds the place of "${bug.name}"`)
      return { code: code.replace(bug.from, bug.to), map: null }
    },
  }
}
