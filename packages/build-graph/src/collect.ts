import { relative } from 'node:path'
import type { Rollup } from 'vite'
import type { EmittedChunk, EmittedStylesheet, GraphModule } from './core/build-input.ts'
import { cleanId, displayId, normalize } from './core/paths.ts'
import { emittedChunk, graphModules, takeMap, type TakenMap } from './emitted-chunks.ts'
import type { WorkerBundle } from './worker-bundles.ts'
import { isWorkerImport } from './adapters/link-workers.ts'
import { packageLookup } from './adapters/package-lookup.ts'

type Bundle = Rollup.OutputBundle
type ModuleContext = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo'>
type PackageOf = ReturnType<typeof packageLookup>

/** What the hooks of one build of one environment saw, until the files are on disk and can be read. */
export class CollectedBuild {
  /** Compiled CSS by module id, before it is joined and minified. */
  readonly stylesheets: Map<string, string>
  readonly chunks: EmittedChunk[] = []
  readonly assets: Map<string, { names: readonly string[]; originals: readonly string[] }> = new Map()
  modules: readonly GraphModule[] = []
  /** Code of the modules that import dynamically, after transformation: route tables are read from it. */
  readonly dynamicImporters: Map<string, string> = new Map()
  /** The output directory as it was before anything was written, public files included. */
  before: ReadonlyMap<string, string> | undefined
  /** Whether files were written: a failed build has nothing to measure. */
  written = false
  /** The packages that modules belong to, by display id. */
  readonly packageOf: PackageOf
  /** Display id of a chunk's facade → name of the chunk, where a plugin has a better one than the bundler. */
  chunkNames: ReadonlyMap<string, string> = new Map()
  readonly #root: string
  readonly #maps = new Map<string, TakenMap>()
  readonly #stylesheetOrder = new Map<string, string[]>()
  #joinedOrder: string[] = []
  #graph: readonly GraphModule[] | undefined

  /**
   * @param root the Vite root
   * @param stylesheets those of the build before: in watch mode unchanged modules are not transformed again
   */
  constructor(root: string, stylesheets: Map<string, string> = new Map()) {
    this.#root = normalize(root)
    this.packageOf = packageLookup(root)
    this.stylesheets = stylesheets
  }

  /** Before the chunks of an output are made. */
  beginOutput(): void {
    this.#graph = undefined
    this.chunkNames = new Map()
  }

  /** The module graph of the output that is being made. Bundlers copy all they know of a module for whoever asks, so they are asked once. */
  graphOf(context: ModuleContext): readonly GraphModule[] {
    return (this.#graph ??= graphModules(context))
  }

  /**
   * Reads the bundle before other plugins change it: code and map of every chunk, and which stylesheets Vite has joined
   * into which file. Chunks that hold only CSS are still there. Maps that nobody but us wanted are removed.
   */
  takeChunks(bundle: Bundle, removeMaps: boolean): void {
    for (const [file, output] of Object.entries(bundle)) {
      if (output.type !== 'chunk') continue
      this.#takeStylesheetOrder(output)
      const taken = takeMap(bundle, file, removeMaps)
      if (taken) this.#maps.set(output.preliminaryFileName, taken)
    }
    this.#joinedOrder = joinedOrder(bundle).flatMap((chunk) => this.#stylesheetsOf(chunk))
  }

  /** Vite has joined the CSS of a chunk in the order of its modules. */
  #takeStylesheetOrder(chunk: Rollup.OutputChunk): void {
    for (const file of chunk.viteMetadata?.importedCss ?? []) {
      this.#stylesheetOrder.set(file, [...(this.#stylesheetOrder.get(file) ?? []), ...this.#stylesheetsOf(chunk)])
    }
  }

  #stylesheetsOf(chunk: Rollup.OutputChunk): string[] {
    return chunk.moduleIds.filter((id) => this.stylesheets.has(id))
  }

  addOutput(context: ModuleContext, bundle: Bundle, dir: string, outDir: string): void {
    this.written = true
    const prefix = normalize(relative(outDir, dir))
    const place = (file: string): string => (prefix === '' ? file : `${prefix}/${file}`)
    for (const output of Object.values(bundle)) {
      if (output.type === 'asset') {
        this.assets.set(place(output.fileName), { names: output.names, originals: output.originalFileNames })
      } else {
        const chunk = emittedChunk(output, this.#maps.get(output.preliminaryFileName), dir, place)
        const name = chunk.facade === undefined ? undefined : this.chunkNames.get(displayId(chunk.facade, this.#root))
        this.chunks.push({ ...chunk, name: name ?? chunk.name })
      }
    }
    this.modules = this.graphOf(context)
    for (const module of this.modules) {
      if (!module.imports.some((edge) => edge.kind === 'dynamic')) continue
      const code = context.getModuleInfo(module.id)?.code
      if (code) this.dynamicImporters.set(module.id, code)
    }
  }

  /** The bundles of web workers whose files this build emitted. */
  emittedWorkers(bundles: readonly WorkerBundle[]): WorkerBundle[] {
    return bundles.filter(({ chunks }) => chunks.some((chunk) => this.assets.has(chunk.file)))
  }

  /** The bundles of web workers that are a part of their importers, as text: what was built last of each. */
  inlinedWorkers(bundles: readonly WorkerBundle[]): WorkerBundle[] {
    const inlined = this.modules.filter(({ id }) => isWorkerImport(id) && /[?&]inline\b/.test(id))
    return [...new Set(inlined.map(({ id }) => cleanId(id)))].flatMap(
      (file) => bundles.findLast(({ chunks }) => chunks[0]?.facade === file) ?? [],
    )
  }

  /**
   * CSS files with the stylesheets they were joined from; one that no chunk claims may hold any of them.
   *
   * @param codeSplit `build.cssCodeSplit`; without it Vite joins everything into one file after the chunks are made
   */
  joinedStylesheets(codeSplit: boolean): EmittedStylesheet[] {
    const files = [...this.assets].filter(([file]) => file.endsWith('.css'))
    return files.flatMap(([file, { names, originals }]): EmittedStylesheet[] => {
      const joined = !codeSplit && originals.includes(JOINED_STYLESHEET) ? this.#joinedOrder : undefined
      const ids = joined ?? this.#stylesheetOrder.get(file) ?? this.#byOriginal(originals)
      if (ids.length === 0) return []
      const parts = [...new Set(ids)].map((id) => ({ id, code: this.stylesheets.get(id) ?? '' }))
      return [{ name: names[0] ?? file, file, parts }]
    })
  }

  #byOriginal(originals: readonly string[]): string[] {
    const all = [...this.stylesheets.keys()]
    const named = all.filter((id) =>
      originals.some((original) => `/${cleanId(normalize(id))}`.endsWith(`/${original}`)),
    )
    return named.length > 0 ? named : all
  }
}

/** `originalFileNames` of the one CSS file under `build.cssCodeSplit: false`. */
const JOINED_STYLESHEET = 'style.css'

/** The order in which Vite joins the CSS of all chunks: entries with their imports first, then what they import lazily. */
function joinedOrder(bundle: Bundle): Rollup.OutputChunk[] {
  const ordered = new Set<Rollup.OutputChunk>()
  const lazy = new Set<string>()
  const visited = new Set<string>()
  const collect = (file: string): void => {
    const chunk = bundle[file]
    if (chunk?.type !== 'chunk' || visited.has(file)) return
    visited.add(file)
    for (const imported of chunk.imports) collect(imported)
    for (const imported of chunk.dynamicImports) lazy.add(imported)
    ordered.add(chunk)
  }
  for (const [file, output] of Object.entries(bundle)) if (output.type === 'chunk' && output.isEntry) collect(file)
  // Grows while it is walked.
  for (const file of lazy) collect(file)
  return [...ordered]
}
