import { chainsTo, indexReport, type BuildReport, type ImportChain, type ReportedImage } from '@paceline/build-graph'
import type { Measurement } from './measurement.ts'
import { heaviest } from './module-sizes.ts'
import { filesByName } from './sum-of.ts'

const LISTED = 5

/**
 * The imports of emitted images, fonts and the like, heaviest first. Where images were optimised, the report knows which source a
 * file was made of and who uses that. Of other files it does not say which module they were made from, so the module must lie in a chunk that
 * refers to the file and bear its name, as bundlers name files by default: what only CSS or HTML refers to has no import to name.
 */
export function assetChains(report: BuildReport, { files, encoding }: Measurement): ImportChain[] {
  const byName = filesByName(report)
  const sizes = new Map(files.map((file) => [file, byName.get(file)?.[encoding] ?? 0]))
  return heaviest(sizes, LISTED).flatMap(([file, size]): ImportChain[] => {
    const image = report.images?.files.find(({ variants }) => variants.some((variant) => variant.file === file))
    if (image) return imageChains(report, image, size)
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

/**
 * From the entry to the image for each module that imports it, and one step for each page or stylesheet.
 *
 * @param size what is saved when nobody uses the image any more
 */
function imageChains(report: BuildReport, { file, usedIn }: ReportedImage, size: number): ImportChain[] {
  const saves = usedIn.length === 1 ? size : 0
  const chains = chainsTo(report, ({ id }) => id.replace(/\?.*$/, '') === file, {
    kinds: ['static', 'dynamic'],
    lazyRoots: rootsOf(report),
  })
  const imported = new Set(chains.map((steps) => steps.at(-1)?.importer))
  const others = usedIn.filter((user) => !imported.has(user)).map((user) => [{ importer: user, importee: file }])
  return [...chains, ...others].slice(0, LISTED).map((steps) => ({ subject: file, steps, saves }))
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
