import { isAbsolute, relative } from 'node:path'
import { displayId, findRoutes, graphModules, normalize, readAppSources } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import type { ChunkFiles } from './core/chunk-closure.ts'

type Modules = readonly ReturnType<typeof graphModules>[number][]

/** A route of the app and the modules that hold it. */
export interface CollectedRoute {
  /** Its path, or its module where it has none. */
  readonly name: string
  readonly modules: readonly string[]
}

/** What is kept of a build's outputs until it is closed. */
export class CollectedOutput {
  /** By file, relative to the output directory. */
  readonly chunks: Map<string, ChunkFiles> = new Map()
  readonly emitted: Set<string> = new Set()
  #modules: Modules = []

  add(bundle: Rollup.OutputBundle, modules: Modules, prefix: string): void {
    const place = (file: string): string => prefix + file
    this.#modules = modules
    for (const output of Object.values(bundle)) {
      this.emitted.add(place(output.fileName))
      if (output.type !== 'chunk') continue
      this.chunks.set(place(output.fileName), {
        file: place(output.fileName),
        isEntry: output.isEntry,
        modules: output.moduleIds.map(normalize),
        imports: output.imports.map(place),
        css: [...(output.viteMetadata?.importedCss ?? [])].map(place),
        assets: [...(output.viteMetadata?.importedAssets ?? [])].map(place),
      })
    }
  }

  /** @param named routes that the options of the build graph name */
  async routes(
    root: string,
    named: Readonly<Record<string, readonly [string, ...string[]]>>,
  ): Promise<CollectedRoute[]> {
    const targets = await findRoutes(this.#modules, readAppSources(this.#modules), new Map(), normalize(root), named)
    return targets.map(({ module, path, layouts, parts = [] }) => ({
      name: path ?? displayId(module, normalize(root)),
      modules: [module, ...layouts, ...parts],
    }))
  }

  /** The chunks that hold these modules. */
  chunksOf(modules: readonly string[]): string[] {
    const wanted = new Set(modules.map(normalize))
    return [...this.chunks.values()]
      .filter((chunk) => chunk.modules.some((id) => wanted.has(id)))
      .map(({ file }) => file)
  }
}

/** Where the files of an output lie in the output directory: with a `/` at the end, or nothing; outside of it, not at all. */
export function outputPrefix(outDir: string, dir: string): string | undefined {
  const path = relative(outDir, dir).replaceAll('\\', '/')
  if (path === '') return ''
  return path.startsWith('..') || isAbsolute(path) ? undefined : `${path}/`
}
