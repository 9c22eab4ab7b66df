import { existsSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { BuildReport } from '@paceline/build-graph'
import { add, moduleKey } from './figures.ts'
import type { Figures, Pair } from './figures.ts'

/** Where the tool ran and where the build went: what its names are relative to. */
export interface Places {
  readonly app: string
  readonly outDir: string
}

type Reader = (json: string, places: Places) => Figures

/** The figures of each tool, from the data it writes. */
export const readers: Readonly<Record<string, Reader>> = {
  paceline: readPaceline,
  visualizer: readVisualizer,
  sonda: readSonda,
  analyzer: readAnalyzer,
}

function readPaceline(json: string, { app }: Places): Figures {
  const report: BuildReport = JSON.parse(json)
  const modules = new Map<string, Pair>()
  for (const chunk of report.chunks.filter(({ kind }) => kind === 'js')) {
    for (const { id, gzip, brotli } of chunk.modules)
      add(modules, moduleKey(chunk.file, absolute(app, id)), { gzip, brotli })
  }
  const files = report.files
    .filter(({ kind }) => kind === 'js')
    .map(({ file, gzip, brotli }) => [file, { gzip, brotli }] as const)
  return { files: new Map(files), modules }
}

/** The part of the raw-data template that is read. Its page shows a file as the sum of its modules. */
interface VisualizerData {
  readonly nodeParts: Readonly<Record<string, { readonly gzipLength: number; readonly brotliLength: number }>>
  readonly nodeMetas: Readonly<
    Record<string, { readonly id: string; readonly moduleParts: Readonly<Record<string, string>> }>
  >
}

function readVisualizer(json: string, { app }: Places): Figures {
  const { nodeParts, nodeMetas }: VisualizerData = JSON.parse(json)
  const files = new Map<string, Pair>()
  const modules = new Map<string, Pair>()
  for (const { id, moduleParts } of Object.values(nodeMetas)) {
    for (const [file, uid] of Object.entries(moduleParts)) {
      const part = nodeParts[uid]
      if (part === undefined) continue
      const pair = { gzip: part.gzipLength, brotli: part.brotliLength }
      add(files, file, pair)
      // The project's folder is cut off, which leaves a path that looks absolute.
      const inside = absolute(app, `.${id}`)
      add(modules, moduleKey(file, existsSync(inside) ? inside : absolute(app, id)), pair)
    }
  }
  return { files, modules }
}

interface SondaData {
  readonly resources: readonly (Pair & {
    readonly kind: string
    readonly name: string
    readonly type: string
    readonly parent?: string
  })[]
}

function readSonda(json: string, { app, outDir }: Places): Figures {
  const { resources }: SondaData = JSON.parse(json)
  const scripts = resources.filter(({ type }) => type === 'script')
  const fileOf = (name: string): string => slashed(relative(outDir, resolve(app, name)))
  const files = new Map<string, Pair>()
  const modules = new Map<string, Pair>()
  for (const { kind, name, parent, gzip, brotli } of scripts) {
    if (kind === 'asset') add(files, fileOf(name), { gzip, brotli })
    if (kind === 'chunk' && parent !== undefined)
      add(modules, moduleKey(fileOf(parent), absolute(app, name)), { gzip, brotli })
  }
  return { files, modules }
}

interface AnalyzerNode {
  readonly filename: string
  readonly gzipSize: number
  readonly brotliSize: number
  readonly groups?: readonly AnalyzerNode[]
  readonly source?: readonly AnalyzerNode[]
}

function readAnalyzer(json: string, { outDir }: Places): Figures {
  const chunks: readonly AnalyzerNode[] = JSON.parse(json)
  const files = new Map<string, Pair>()
  const modules = new Map<string, Pair>()
  const visit = (file: string, node: AnalyzerNode): void => {
    if (node.groups !== undefined) return node.groups.forEach((child) => visit(file, child))
    const id = belowSomeParent(outDir, node.filename)
    add(modules, moduleKey(file, id), { gzip: node.gzipSize, brotli: node.brotliSize })
  }
  for (const { filename, gzipSize, brotliSize, source = [] } of chunks) {
    if (!filename.endsWith('.js')) continue
    add(files, filename, { gzip: gzipSize, brotli: brotliSize })
    for (const node of source) visit(filename, node)
  }
  return { files, modules }
}

/** Relative to the output, but with every `../` dropped: what is left is below one of the output's parents. */
function belowSomeParent(outDir: string, name: string): string {
  for (let folder = outDir; folder !== dirname(folder); folder = dirname(folder)) {
    const id = absolute(folder, name)
    if (existsSync(id)) return id
  }
  return absolute('/', name)
}

/** Queries and the markers of virtual modules name parts of one file. */
function absolute(base: string, id: string): string {
  return slashed(resolve(base, id.replaceAll('\0', '').split('?')[0] ?? id))
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
