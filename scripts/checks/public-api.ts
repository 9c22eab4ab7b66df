import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/root.mjs'
import { readExports } from './exported-names.ts'
import { publishedPackages } from './published-packages.ts'
import type { Verdict } from './step.ts'

/** Entry point → its exports, sorted, types marked: `{ "paceline": ["paceline", "type PacelineOptions"] }`. */
export type PublicApi = Readonly<Record<string, readonly string[]>>

const SNAPSHOT = 'scripts/checks/public-api.json'

/**
 * Compares what the built packages export with what is written down. Something that comes or goes is a decision about
 * the public API: `npm run check -- --update` writes it down.
 */
export function checkPublicApi({ update }: { readonly update: boolean }): Verdict {
  const actual = builtApi()
  const file = join(root, SNAPSHOT)
  if (update) writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`)
  const expected: PublicApi = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const changes = apiChanges(expected, actual)
  const hint = `Meant so? Then \`npm run check -- --update\` writes it to ${SNAPSHOT}.\n`
  return { passed: changes.length === 0, output: changes.length === 0 ? '' : `${changes.join('\n')}\n${hint}` }
}

/** What came (`+`) and went (`-`), entry point by entry point. */
export function apiChanges(expected: PublicApi, actual: PublicApi): string[] {
  const entries = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort()
  const changes: string[] = []
  for (const entry of entries) {
    const before = new Set(expected[entry])
    const after = new Set(actual[entry])
    for (const name of before) if (!after.has(name)) changes.push(`- ${entry}: ${name}`)
    for (const name of after) if (!before.has(name)) changes.push(`+ ${entry}: ${name}`)
  }
  return changes
}

function builtApi(): PublicApi {
  const api: Record<string, readonly string[]> = {}
  for (const { name, folder, entries } of publishedPackages()) {
    for (const [entry, target] of entries) {
      const declarations = join(root, folder, target.replace(/\.(m?)js$/, '.d.$1ts'))
      api[`${name}${entry.slice(1)}`] = readExports(readFileSync(declarations, 'utf8'), declarations)
    }
  }
  return api
}
