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
  return {
    name: 'planted-bug',
    enforce: 'pre',
    transform(code, id) {
      if (bug === undefined || !('file' in bug) || id.split('?')[0] !== resolve(bug.file)) return undefined
      if (!code.includes(bug.from)) throw new Error(`${bug.file} no longer holds the place of "${bug.name}"`)
      return { code: code.replace(bug.from, bug.to), map: null }
    },
  }
}
