import { BUNDLER_ID, CONTAINER_ID } from '@paceline/build-graph'
import type {
  BudgetResult,
  BuildReport,
  ChunkEntry,
  FileEntry,
  FileKind,
  FileSizes,
  Load,
  ModuleEntry,
  ModuleShare,
  PackageEntry,
  RouteEntry,
  RuleResult,
} from '@paceline/build-graph'

/** A report in the few words a test needs; sizes follow from raw bytes by fixed ratios, and they always add up. */
export interface ReportSketch {
  readonly release?: string
  /** id → what it imports, as `'src/app.tsx:3'`; `'?src/page.tsx:9'` is an `import()`. */
  readonly modules: Readonly<Record<string, readonly string[]>>
  /** Ids of the entries; the first module when absent. */
  readonly entries?: readonly string[]
  /** File name → module → raw bytes. A file ending in `.css` is a CSS chunk. */
  readonly chunks: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Static imports between chunk files. */
  readonly chunkImports?: Readonly<Record<string, readonly string[]>>
  /** Other files → raw bytes. */
  readonly assets?: Readonly<Record<string, number>>
  /** Route id → its module, and the files of its first load and of a navigation. */
  readonly routes?: Readonly<
    Record<string, { module: string; firstLoad: readonly string[]; navigation: readonly string[]; depth?: number }>
  >
  /** Package → version, `1.0.0` when absent. */
  readonly versions?: Readonly<Record<string, string>>
  readonly duplicates?: Readonly<Record<string, readonly { version: string; path: string }[]>>
  readonly budgets?: readonly BudgetResult[]
  readonly rules?: readonly RuleResult[]
}

/** Makes a whole, consistent report out of a sketch. */
export function sketchReport(sketch: ReportSketch): BuildReport {
  const entries = entriesOf(sketch)
  // An HTML entry has no bytes of its own: what it imports is the entry chunk.
  const html = entries.filter((id) => id.endsWith('.html'))
  const starts = [...entries, ...html.flatMap((id) => sketch.modules[id]!.map((text) => text.replace(/:\d+$/, '')))]
  const chunks = Object.entries(sketch.chunks).map(([file, modules]) => {
    return sketchChunk(file, modules, starts, sketch.chunkImports?.[file] ?? [])
  })
  const files = [...chunks.map(fileOf), ...Object.entries(sketch.assets ?? {}).map(([file, raw]) => asset(file, raw))]
  return {
    schemaVersion: 1,
    release: sketch.release ?? '0123456789ab',
    files,
    chunks,
    routes: sketchRoutes(sketch, files),
    packages: sketchPackages(sketch, chunks),
    budgets: sketch.budgets ?? [],
    rules: sketch.rules ?? [],
    modules: sketchModules(sketch),
  }
}

/** A budget verdict with the fields most tests do not care about. */
export function sketchBudget(result: Partial<BudgetResult> & Pick<BudgetResult, 'name' | 'status'>): BudgetResult {
  return { kind: 'initial', subject: 'entry', limit: 100, actual: 90, unit: 'bytes', encoding: 'brotli', ...result }
}

function sizes(raw: number): FileSizes {
  return { raw, gzip: Math.ceil(raw * 0.4), brotli: Math.ceil(raw * 0.35), zstd: Math.ceil(raw * 0.38) }
}

function sketchChunk(
  file: string,
  modules: Readonly<Record<string, number>>,
  entries: readonly string[],
  imports: readonly string[],
): ChunkEntry {
  const shares: ModuleShare[] = Object.entries(modules).map(([id, raw]) => {
    const { gzip, brotli } = sizes(raw)
    return { id, raw, gzip, brotli }
  })
  shares.push({ id: BUNDLER_ID, raw: 120, gzip: 48, brotli: 42 }, { id: CONTAINER_ID, raw: 0, gzip: 18, brotli: 2 })
  const first = Object.keys(modules)[0] ?? file
  const ids = new Set(Object.keys(modules))
  return {
    name: file.replace(/^.*\//, '').replace(/-[^-]*$/, ''),
    file,
    kind: file.endsWith('.css') ? 'css' : 'js',
    entry: entries.some((id) => ids.has(id)),
    facade: first,
    modules: shares,
    imports,
    dynamicImports: [],
    css: [],
    assets: [],
  }
}

function fileOf(chunk: ChunkEntry): FileEntry {
  const sum = (key: 'raw' | 'gzip' | 'brotli') => chunk.modules.reduce((total, share) => total + share[key], 0)
  const { zstd } = sizes(sum('raw'))
  return {
    file: chunk.file,
    kind: chunk.kind,
    hash: hash(JSON.stringify(chunk.modules)),
    chunk: chunk.name,
    raw: sum('raw'),
    gzip: sum('gzip'),
    brotli: sum('brotli'),
    zstd,
  }
}

function asset(file: string, raw: number): FileEntry {
  const image = /\.(png|jpe?g|avif|webp|svg)$/.test(file)
  const kind: FileKind = file.endsWith('.html') ? 'html' : image ? 'image' : /\.woff2?$/.test(file) ? 'font' : 'other'
  return { file, kind, hash: hash(file + raw), ...sizes(raw) }
}

/** Enough of a hash for tests: the same text gives the same 16 digits. */
function hash(text: string): string {
  let state = 7n
  for (const character of text) state = (state * 31n + BigInt(character.codePointAt(0)!)) % 0xffffffffffffffffn
  return state.toString(16).padStart(16, '0')
}

function entriesOf(sketch: ReportSketch): readonly string[] {
  return sketch.entries ?? Object.keys(sketch.modules).slice(0, 1)
}

function sketchModules(sketch: ReportSketch): ModuleEntry[] {
  const ids = Object.keys(sketch.modules)
  const entries = new Set(entriesOf(sketch))
  const positions = new Map(ids.map((id, position) => [id, position]))
  return ids.map((id) => {
    const owner = packageOf(id)
    return {
      id,
      ...(owner === undefined ? {} : { package: owner }),
      ...(entries.has(id) ? { entry: true as const } : {}),
      imports: sketch.modules[id]!.map((text) => {
        const [, dynamic, target, line] = /^(\??)(.*?)(?::(\d+))?$/.exec(text)!
        const to = positions.get(target!)
        if (to === undefined) throw new Error(`${id} imports ${target}, which the sketch does not list`)
        return {
          to,
          kind: dynamic ? ('dynamic' as const) : ('static' as const),
          ...(line ? { line: Number(line) } : {}),
        }
      }),
    }
  })
}

function packageOf(id: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]
}

function sketchPackages(sketch: ReportSketch, chunks: readonly ChunkEntry[]): PackageEntry[] {
  const packages = new Map<string, { raw: number; gzip: number; brotli: number }>()
  for (const { id, raw, gzip, brotli } of chunks.flatMap((chunk) => chunk.modules)) {
    const name = packageOf(id)
    if (name === undefined) continue
    const sum = packages.get(name) ?? { raw: 0, gzip: 0, brotli: 0 }
    packages.set(name, { raw: sum.raw + raw, gzip: sum.gzip + gzip, brotli: sum.brotli + brotli })
  }
  return [...packages].map(([name, sum]) => {
    const duplicates = sketch.duplicates?.[name]
    return { name, version: sketch.versions?.[name] ?? '1.0.0', ...sum, ...(duplicates ? { duplicates } : {}) }
  })
}

function sketchRoutes(sketch: ReportSketch, files: readonly FileEntry[]): RouteEntry[] {
  return Object.entries(sketch.routes ?? {}).map(([id, route]) => ({
    id,
    module: route.module,
    ...(id.startsWith('/') ? { path: id } : {}),
    firstLoad: load(files, route.firstLoad, route.depth ?? 2),
    navigation: load(files, route.navigation, route.navigation.length > 0 ? 1 : 0),
  }))
}

function load(files: readonly FileEntry[], names: readonly string[], depth: number): Load {
  const chosen = names.map((name) => {
    const file = files.find((candidate) => candidate.file === name)
    if (!file) throw new Error(`a route names ${name}, which the sketch does not list`)
    return file
  })
  const byKind: Partial<Record<FileKind, FileSizes & { requests: number }>> = {}
  for (const kind of new Set(chosen.map((file) => file.kind))) {
    byKind[kind] = total(chosen.filter((file) => file.kind === kind))
  }
  return { ...total(chosen), depth, byKind, files: names }
}

function total(files: readonly FileEntry[]): FileSizes & { requests: number } {
  const sum = (key: keyof FileSizes) => files.reduce((bytes, file) => bytes + file[key], 0)
  return { requests: files.length, raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli'), zstd: sum('zstd') }
}
