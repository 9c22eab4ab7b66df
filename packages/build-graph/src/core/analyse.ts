import type { BuildReport, ChunkEntry, FileEntry, ModuleShare } from '../report.ts'
import { charTable, type CharTable } from './char-table.ts'
import type { BuildInput, EmittedChunk, EmittedFile, EmittedStylesheet } from './build-input.ts'
import { fileKind } from './file-kind.ts'
import { moduleGraph } from './module-graph.ts'
import { cssOwners } from './ownership/css-owners.ts'
import { jsOwners } from './ownership/js-owners.ts'
import { packageSizes, type InstalledPackage } from './packages.ts'
import { reportId } from './paths.ts'
import { routeLoads } from './route-loads.ts'
import { moduleShares } from './shares.ts'
import { sourceModules } from './source-names.ts'

/** The environment's answers to what the data alone does not say. */
export interface AnalyseContext {
  /** The package a module belongs to, by display id. */
  readonly packageOf: (id: string) => InstalledPackage | undefined
  /** Hash over the names and hashes of all files, 12 hex digits. */
  readonly release: string
  /** Takes the table of every script made from modules. */
  readonly onCharTable?: (table: CharTable) => void
}

/** Makes the report of a finished build. Pure: same input, same report. */
export function analyse(input: BuildInput, context: AnalyseContext): BuildReport {
  const byFile = new Map(input.files.map((file) => [file.file, file]))
  const chunks = [
    ...input.chunks.flatMap((chunk) => jsChunk(chunk, byFile, input.root, context.onCharTable) ?? []),
    ...input.stylesheets.flatMap((sheet) => cssChunk(sheet, byFile, input.root) ?? []),
  ].sort((a, b) => (a.file < b.file ? -1 : 1))
  const chunkNames = new Map(chunks.map((chunk) => [chunk.file, chunk.name]))
  const files = input.files
    .map((file) => fileEntry(file, chunkNames.get(file.file)))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
  return {
    schemaVersion: 1,
    release: context.release,
    files,
    chunks,
    routes: routeLoads(input, chunks, new Map(files.map((file) => [file.file, file]))),
    packages: packageSizes(chunks, context.packageOf),
    budgets: [],
    rules: [],
    modules: moduleGraph(input.modules, input.root, context.packageOf),
  }
}

/** A byte order mark is content: it is served, and it is somebody's bytes. */
function decodeText(content: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
}

function fileEntry(file: EmittedFile, chunk: string | undefined): FileEntry {
  const entry = { file: file.file, kind: fileKind(file.file), hash: file.hash, ...file.sizes }
  return chunk === undefined ? entry : { ...entry, chunk }
}

function jsChunk(
  chunk: EmittedChunk,
  files: ReadonlyMap<string, EmittedFile>,
  root: string,
  onCharTable: AnalyseContext['onCharTable'],
): ChunkEntry | undefined {
  const file = files.get(chunk.file)
  if (!file) return undefined
  const text = decodeText(file.content)
  const ranges = jsOwners({
    modules: chunk.modules,
    code: chunk.code ?? text,
    finalCode: text,
    mappings: chunk.mappings,
    sourceModules: sourceModules(chunk.sources, chunk.modules),
  })
  const ids = chunk.modules.map((module) => reportId(module.id, root))
  onCharTable?.(charTable({ file: chunk.file, hash: file.hash }, ranges, ids, text))
  const present = (list: readonly string[]): string[] => list.filter((name) => files.has(name)).sort()
  return {
    name: chunk.name,
    file: chunk.file,
    kind: 'js',
    entry: chunk.entry,
    ...(chunk.facade === undefined ? {} : { facade: reportId(chunk.facade, root) }),
    modules: moduleShares(file, text, ranges, ids),
    imports: present(chunk.imports),
    dynamicImports: present(chunk.dynamicImports),
    css: present(chunk.css),
    assets: present(chunk.assets),
  }
}

function cssChunk(
  sheet: EmittedStylesheet,
  files: ReadonlyMap<string, EmittedFile>,
  root: string,
): ChunkEntry | undefined {
  const file = files.get(sheet.file)
  if (!file) return undefined
  const text = decodeText(file.content)
  const ids = sheet.parts.map((part) => reportId(part.id, root))
  const modules: ModuleShare[] = moduleShares(file, text, cssOwners(text, sheet.parts), ids)
  return {
    name: sheet.name,
    file: sheet.file,
    kind: 'css',
    entry: false,
    modules,
    imports: [],
    dynamicImports: [],
    css: [],
    assets: [],
  }
}
