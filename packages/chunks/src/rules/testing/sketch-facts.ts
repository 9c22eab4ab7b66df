import type { BuildReport, ChunkEntry, FileKind, Load, PackageEntry, RouteEntry } from '@paceline/build-graph'
import { bareFacts, type RuleFacts } from '../facts/rule-facts.ts'

/** A build in the few words a test of a rule needs. The first module is the entry. */
export interface BuildSketch {
  /** Id → imports as `'src/app.tsx:3'`; `'?src/page.tsx:9'` is an `import()`. */
  readonly modules: Readonly<Record<string, readonly string[]>>
  /** File → module → brotli bytes. The file of the entry comes first. */
  readonly chunks: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** File → files it imports statically. */
  readonly chunkImports?: Readonly<Record<string, readonly string[]>>
  /** Route → its module and the files of its first load. */
  readonly routes?: Readonly<Record<string, readonly [module: string, ...files: string[]]>>
  readonly duplicates?: Readonly<Record<string, readonly { readonly version: string; readonly path: string }[]>>
  readonly assets?: Readonly<Record<string, number>>
}

/** The facts of a sketched build, with what only hooks see besides. */
export function sketchFacts(sketch: BuildSketch, seen: Partial<RuleFacts> = {}): RuleFacts {
  return { ...bareFacts(sketchBuild(sketch)), ...seen }
}

function sketchBuild(sketch: BuildSketch): BuildReport {
  const ids = Object.keys(sketch.modules)
  const first = Object.keys(sketch.chunks)[0]
  const chunks = Object.entries(sketch.chunks).map(([file, modules]): ChunkEntry => {
    const facade = Object.keys(modules)[0]
    return {
      name: file.replace(/\.\w+$/, ''),
      file,
      kind: file.endsWith('.css') ? 'css' : 'js',
      entry: file === first,
      ...(facade === undefined ? {} : { facade }),
      modules: Object.entries(modules).map(([id, bytes]) => ({ id, raw: bytes * 3, gzip: bytes, brotli: bytes })),
      imports: sketch.chunkImports?.[file] ?? [],
      dynamicImports: [],
      css: [],
      assets: [],
    }
  })
  const sizes = new Map([
    ...chunks.map(({ file, modules }) => [file, modules.reduce((sum, { brotli }) => sum + brotli, 0)] as const),
    ...Object.entries(sketch.assets ?? {}),
  ])
  return {
    schemaVersion: 1,
    release: '0123456789ab',
    files: [...sizes].map(([file, bytes]) => ({ file, kind: kindOf(file), hash: '0', ...sized(bytes) })),
    chunks,
    routes: Object.entries(sketch.routes ?? {}).map(([id, [module, ...files]]): RouteEntry => {
      const load = sketchLoad(files, sizes)
      return { id, module, path: id, firstLoad: load, navigation: load }
    }),
    packages: sketchPackages(sketch, chunks),
    budgets: [],
    rules: [],
    modules: ids.map((id, position) => {
      const owner = packageOf(id)
      const imports = sketch.modules[id]!.map((text) => readImport(text, ids))
      return {
        id,
        imports,
        ...(owner === undefined ? {} : { package: owner }),
        ...(position === 0 ? { entry: true as const } : {}),
      }
    }),
  }
}

function readImport(text: string, ids: readonly string[]): BuildReport['modules'][number]['imports'][number] {
  const [, lazy, target = '', line] = /^(\??)(.*?)(?::(\d+))?$/.exec(text)!
  const to = ids.indexOf(target)
  if (to === -1) throw new Error(`${target} is imported, but the sketch does not list it`)
  return { to, kind: lazy ? 'dynamic' : 'static', ...(line ? { line: Number(line) } : {}) }
}

function sketchLoad(files: readonly string[], sizes: ReadonlyMap<string, number>): Load {
  const bytes = files.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0)
  const kinds = Map.groupBy(files, kindOf)
  const byKind = Object.fromEntries(
    [...kinds].map(([kind, list]) => [kind, { ...sized(bytes), requests: list.length }]),
  )
  return { ...sized(bytes), requests: files.length, depth: 2, byKind, files }
}

function sketchPackages(sketch: BuildSketch, chunks: readonly ChunkEntry[]): PackageEntry[] {
  const sums = new Map<string, number>()
  for (const { id, brotli } of chunks.flatMap(({ modules }) => modules)) {
    const owner = packageOf(id)
    if (owner !== undefined) sums.set(owner, (sums.get(owner) ?? 0) + brotli)
  }
  return [...sums].map(([name, bytes]) => {
    const duplicates = sketch.duplicates?.[name]
    const { raw, gzip, brotli } = sized(bytes)
    return { name, version: '1.0.0', raw, gzip, brotli, ...(duplicates ? { duplicates } : {}) }
  })
}

function sized(bytes: number): { raw: number; gzip: number; brotli: number; zstd: number } {
  return { raw: bytes * 3, gzip: bytes, brotli: bytes, zstd: bytes }
}

function packageOf(id: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]
}

function kindOf(file: string): FileKind {
  return file.endsWith('.css') ? 'css' : file.endsWith('.js') ? 'js' : 'image'
}
