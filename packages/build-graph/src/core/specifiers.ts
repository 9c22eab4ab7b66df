import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { cleanId, normalize } from './paths.ts'

/** An import as written in a source file. */
export interface WrittenImport {
  readonly specifier: string
  /** 1-based. */
  readonly line: number
  readonly kind: 'static' | 'dynamic'
}

/**
 * Finds the written import behind a resolved one. Aliases, exports maps and extensions were resolved by the bundler in
 * ways not known here, so the specifier that agrees best with the resolved id wins: the same file for relative
 * ones, the same package for bare ones, the longest common tail for aliases (`@/pages/x` and `src/pages/x.tsx`).
 */
export function matchImport(
  importer: string,
  resolved: string,
  kind: WrittenImport['kind'],
  written: readonly WrittenImport[],
): WrittenImport | undefined {
  let best: WrittenImport | undefined
  let bestScore = 0
  for (const candidate of written) {
    const score = agreement(candidate.specifier, importer, resolved) * (candidate.kind === kind ? 1 : 0.5)
    if (score > bestScore) {
      best = candidate
      bestScore = score
    }
  }
  return best
}

/** The other way round: the module that a specifier was resolved to, among those the importer imports. */
export function matchModule(importer: string, specifier: string, imported: readonly string[]): string | undefined {
  let best: string | undefined
  let bestScore = 0
  for (const id of imported) {
    const score = agreement(specifier, importer, id)
    if (score > bestScore) {
      best = id
      bestScore = score
    }
  }
  return best
}

/** 0 = cannot be; larger = surer. */
function agreement(specifier: string, importer: string, resolved: string): number {
  const target = withoutExtension(cleanId(normalize(resolved)))
  const wanted = cleanId(specifier)
  // What Vite puts in the place of Node's own modules says nothing of their names.
  if (/__vite-browser-external/.test(resolved)) return isBuiltin(wanted) ? 500 : 0
  if (wanted.startsWith('.') || wanted.startsWith('/')) {
    const path = wanted.startsWith('/') ? wanted : posix.join(posix.dirname(cleanId(normalize(importer))), wanted)
    const stem = withoutExtension(path)
    if (target === stem || target === path) return 1000
    if (target === `${stem}/index` || target.endsWith(stem)) return 900
    return 0
  }
  // The last package in the path: `react/jsx-runtime` → `…/node_modules/react/jsx-runtime.js`.
  const packagePath = target.slice(target.lastIndexOf('/node_modules/') + '/node_modules/'.length)
  if (target.includes('/node_modules/')) {
    if (packagePath === withoutExtension(wanted)) return 800
    if (packagePath.startsWith(`${wanted}/`)) return 500 + wanted.length
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(wanted)?.[0]
    if (name && packagePath.startsWith(`${name}/`)) return 100 + commonTail(withoutExtension(wanted), target)
  }
  const tail = commonTail(withoutExtension(wanted), target)
  return tail >= Math.max(1, wanted.split('/').length - 1) ? 50 * tail : 0
}

function withoutExtension(path: string): string {
  return path.replace(/\.[A-Za-z0-9]+$/, '').replace(/\/index$/, '')
}

/** Path segments that two paths share at their ends. */
function commonTail(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  let count = 0
  while (count < left.length && count < right.length && left.at(-1 - count) === right.at(-1 - count)) count++
  return count
}
