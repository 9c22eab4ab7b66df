import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../lib/read-options.ts'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import type { Usage } from '../lib/usage.ts'
import { fillDirectory } from './fill-directory.ts'
import { renderCache } from './render-cache.ts'
import type { CacheResults, Looked } from './render-cache.ts'

/** The bench of large caches: `npm run bench -- cache --entries 10000,1000000 --write`. A million entries take 9 GB for a while. */

const bench = fileURLToPath(new URL('..', import.meta.url))
const { values } = readOptions({
  options: { entries: { type: 'string', default: '10000,100000,1000000' }, write: { type: 'boolean', default: false } },
})

const measured: Looked[] = []
for (const entries of values.entries.split(',').map(Number)) {
  const dir = mkdtempSync(join(tmpdir(), 'paceline-cache-'))
  try {
    process.stderr.write(`writing ${entries} entries …\n`)
    fillDirectory(dir, entries)
    const total = look('inspect', dir, Infinity)
    if (total.answer.entries !== entries) throw new Error(`Of ${entries} entries ${total.answer.entries} are seen.`)
    // Those of more than thirty days go for their age; half of the rest for its size.
    const half = Math.floor(total.answer.bytes! * 0.375)
    const pruned = look('prune', dir, half)
    const again = look('prune', dir, half)
    if (again.answer.entries !== 0) throw new Error('The second pruning had something left to do.')
    measured.push({
      entries,
      inspect: total.usage,
      prune: pruned.usage,
      removed: pruned.answer.entries,
      again: again.usage,
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
const results: CacheResults = { date: new Date().toISOString().slice(0, 10), machine: describeMachine(), measured }
const page = renderCache(results)
process.stdout.write(page)
if (values.write) {
  writeSection(join(bench, 'RESULTS.md'), page)
  writeFileSync(join(bench, 'cache/results.json'), `${JSON.stringify(results, null, 2)}\n`)
}

interface Answered {
  readonly usage: Usage
  readonly answer: { readonly entries: number; readonly bytes?: number }
}

function look(task: 'inspect' | 'prune', dir: string, limit: number): Answered {
  process.stderr.write(`${task} …\n`)
  const file = `${dir}.usage.json`
  const child = fileURLToPath(new URL('measure-in-child.ts', import.meta.url))
  const text = execFileSync(process.execPath, [child, task, dir, String(limit), file], { encoding: 'utf8' })
  const usage = JSON.parse(readFileSync(file, 'utf8')) as Usage
  rmSync(file)
  return { usage, answer: JSON.parse(text) as Answered['answer'] }
}
