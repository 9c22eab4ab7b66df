import { relative, resolve } from 'node:path'
import type { Rollup } from 'vite'
import type { EmittedChunk, EmittedStylesheet, GraphModule } from './core/build-input.ts'
import { normalize } from './core/paths.ts'

interface TakenMap {
  readonly code: string
  readonly mappings: string
  readonly sources: readonly string[]
}

type Bundle = Rollup.OutputBundle
type ModuleContext = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo'>

/** What the hooks of one build of one environment saw, until the files are on disk and can be read. */
export class CollectedBuild {
  /** Compiled CSS by module id, before it is joined and minified. */
  readonly stylesheets: Map<string, string>
  readonly chunks: EmittedChunk[] = []
  readonly assets: Map<string, { names: readonly string[]; originals: readonly string[] }> = new Map()
  modules: GraphModule[] = []
  /** Code of the modules that import dynamically, after transformation: route tables are read from it. */
  readonly dynamicImporters: Map<string, string> = new Map()
  /** The output directory as it was before anything was written, public files included. */
  before: ReadonlyMap<string, string> | undefined
  /** Whether files were written: a failed build has nothing to measure. */
  written = false
  readonly #maps = new Map<string, TakenMap>()
  readonly #stylesheetOrder = new Map<string, string[]>()

  /** @param stylesheets those of the build before: in watch mode unchanged modules are not transformed again */
  constructor(stylesheets: Map<string, string> = new Map()) {
    this.stylesheets = stylesheets
  }

  /**
   * Reads the bundle before other plugins change it: code and map of every chunk, and which stylesheets Vite has joined
   * into which file. Chunks that hold only CSS are still there. Maps that nobody but us wanted are removed.
   */
  takeChunks(bundle: Bundle, removeMaps: boolean): void {
    for (const [file, output] of Object.entries(bundle)) {
      if (output.type !== 'chunk') continue
      this.#takeStylesheetOrder(output)
      const { map } = output
      if (!map) continue
      this.#maps.set(file, { code: output.code, mappings: map.mappings, sources: map.sources })
      if (!removeMaps) continue
      output.map = null
      delete bundle[output.sourcemapFileName ?? `${file}.map`]
    }
  }

  /** Vite has joined the CSS of a chunk in the order of its modules. */
  #takeStylesheetOrder(chunk: Rollup.OutputChunk): void {
    const files = chunk.viteMetadata?.importedCss
    if (!files?.size) return
    const styles = chunk.moduleIds.filter((id) => this.stylesheets.has(id))
    for (const file of files) {
      this.#stylesheetOrder.set(file, [...(this.#stylesheetOrder.get(file) ?? []), ...styles])
    }
  }

  addOutput(context: ModuleContext, bundle: Bundle, dir: string, outDir: string): void {
    this.written = true
    const prefix = normalize(relative(outDir, dir))
    const place = (file: string): string => (prefix === '' ? file : `${prefix}/${file}`)
    for (const [file, output] of Object.entries(bundle)) {
      if (output.type === 'asset') {
        this.assets.set(place(file), { names: output.names, originals: output.originalFileNames })
        continue
      }
      const taken = this.#maps.get(file)
      this.chunks.push({
        name: output.name,
        file: place(file),
        entry: output.isEntry,
        facade: output.facadeModuleId ?? undefined,
        modules: output.moduleIds.map((id) => ({ id, renderedLength: output.modules[id]?.renderedLength ?? 0 })),
        imports: output.imports.map(place),
        dynamicImports: output.dynamicImports.map(place),
        css: [...(output.viteMetadata?.importedCss ?? [])].map(place),
        assets: [...(output.viteMetadata?.importedAssets ?? [])].map(place),
        code: taken?.code,
        mappings: taken?.mappings ?? '',
        sources: (taken?.sources ?? []).map((source) => normalize(resolve(dir, file, '..', source))),
      })
    }
    this.#readModules(context)
  }

  /** CSS files with the stylesheets they were joined from; one that no chunk claims may hold any of them. */
  joinedStylesheets(): EmittedStylesheet[] {
    const files = [...this.assets].filter(([file]) => file.endsWith('.css'))
    return files.flatMap(([file, { names, originals }]): EmittedStylesheet[] => {
      const ids = this.#stylesheetOrder.get(file) ?? this.#byOriginal(originals)
      if (ids.length === 0) return []
      const parts = [...new Set(ids)].map((id) => ({ id, code: this.stylesheets.get(id) ?? '' }))
      return [{ name: names[0] ?? file, file, parts }]
    })
  }

  #byOriginal(originals: readonly string[]): string[] {
    const all = [...this.stylesheets.keys()]
    const named = all.filter((id) =>
      originals.some((original) => normalize(id).replace(/\?.*$/, '').endsWith(original)),
    )
    return named.length > 0 ? named : all
  }

  #readModules(context: ModuleContext): void {
    const modules: GraphModule[] = []
    for (const id of context.getModuleIds()) {
      const info = context.getModuleInfo(id)
      if (!info) continue
      modules.push({
        id,
        entry: info.isEntry,
        imports: [
          ...info.importedIds.map((imported) => ({ id: imported, kind: 'static' as const })),
          ...info.dynamicallyImportedIds.map((imported) => ({ id: imported, kind: 'dynamic' as const })),
        ],
      })
      if (info.dynamicallyImportedIds.length > 0 && info.code) this.dynamicImporters.set(id, info.code)
    }
    this.modules = modules
  }
}
