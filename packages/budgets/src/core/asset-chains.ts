import { chainsTo, indexReport, type BuildReport, type ImportChain } from '@paceline/build-graph'
import type { Measurement } from './measurement.ts'
import { heaviest } from './module-sizes.ts'
import { filesByName } from './sum-of.ts'

const LISTED = 5

/**
 * The imports of emitted images, fonts and the like, heaviest first. A report does not say which module a file was made
 * from, so the module must lie in a chunk that refers to the file and bear its name, as bundlers name files by default.
 * What only CSS or HTML refers to has no import to name.
 */
export function assetChains(report: BuildReport, { files, encoding }: Measurement): ImportChain[] {
  const byName = filesByName(report)
  const sizes = new Map(files.map((file) => [file, byName.get(file)?.[encoding] ?? 0]))
  return heaviest(sizes, LISTED).flatMap(([file, size]): ImportChain[] => {
    const users = report.chunks.filter(({ assets }) => assets.includes(file))
    const origins = new Set(
      users.flatMap(({ modules }) => modules.flatMap(({ id }) => (isNamedAfter(file, id) ? [id] : []))),
    )
    const [origin] = origins
    if (origin === undefined || origins.size > 1) return []
    const chains = chainsTo(report, ({ id }) => id === origin, {
      kinds: ['static', 'dynamic'],
      lazyRoots: rootsOf(report),
    })
    const [steps] = chains
    // With one importer and one chunk nobody else keeps the file.
    return steps ? [{ subject: origin, steps, saves: chains.length === 1 && users.length === 1 ? size : 0 }] : []
  })
}

function rootsOf(report: BuildReport): string[] {
  return indexReport(report).entries.map((position) => report.modules[position]!.id)
}

/** `assets/hero-D3x_9a.png` and `src/hero.png?url`. */
function isNamedAfter(file: string, id: string): boolean {
  const [, stem, extension] = /([^/]+?)(\.[^./]+)$/.exec(id.replace(/\?.*$/, '')) ?? []
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (stem === undefined || extension === undefined || !name.endsWith(extension)) return false
  return name === stem + extension || name.startsWith(`${stem}-`) || name.startsWith(`${stem}.`)
}
