// npm run bench [-- sync charge …]: measures what is promised, beside its floor. README.md says how to read it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { platform } from 'node:os'
import { join } from 'node:path'
import type { Finding } from './measure/finding.ts'
import { writeTable } from './report/write-table.ts'

const topics = ['sync', 'charge', 'charge-rate', 'portal', 'find', 'pay', 'webhook', 'memory', 'widget']

if (platform() !== 'linux') throw new Error('CPU time and memory are read from /proc, which only Linux has')
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !topics.includes(name))
if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}; there are ${topics.join(', ')}`)

let failed = false
for (const topic of wanted.length === 0 ? topics : wanted) {
  const findings: Finding[] = []
  const child = fork(join(import.meta.dirname, `${topic}.ts`), { execArgv: process.execArgv })
  child.on('message', (message) => {
    const finding = message as Finding
    findings.push(finding)
    console.log(JSON.stringify(finding))
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  writeTable(findings)
  if (code !== 0) console.error(`bench ${topic} ended with ${code}`)
  failed ||= code !== 0 || findings.some(({ pass }) => !pass)
}
process.exitCode = failed ? 1 : 0
