import type { NamedModule } from '../analysis/module-keys.ts'

const SHOWN = 3

/** Packages and directories of the modules whose names are most like the given one. */
export function nearestNames(name: string, modules: readonly NamedModule[]): string[] {
  const names = new Set(modules.map(({ key, package: owner }) => owner ?? key.slice(0, key.lastIndexOf('/') + 1)))
  names.delete('')
  return [...names]
    .map((known) => ({ known, distance: editDistance(name, known) }))
    .sort((a, b) => a.distance - b.distance || (a.known < b.known ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ known }) => known)
}

/** Levenshtein, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_cell, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
