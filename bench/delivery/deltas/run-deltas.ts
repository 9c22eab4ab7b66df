import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeMachine } from '../../lib/machine.ts'
import { writeSection } from '../../lib/results-page.ts'
import { measureDeltas } from './measure-deltas.ts'
import { renderDeltas } from './render-deltas.ts'

const bench = fileURLToPath(new URL('../..', import.meta.url))

/** Measures deltas on the playground and prints the section; `write` puts it into the results. */
export async function runDeltas({ write }: { readonly write: boolean }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-'))
  try {
    const machine = describeMachine()
    const date = new Date().toISOString().slice(0, 10)
    const results = await measureDeltas(resolve(bench, '../playground'), folder)
    const page = renderDeltas(results, date, machine)
    process.stdout.write(page)
    if (!write) return
    writeSection(join(bench, 'RESULTS.md'), page)
    writeFileSync(
      join(bench, 'delivery/deltas/results.json'),
      `${JSON.stringify({ date, machine, ...results }, null, 2)}\n`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
