import { resolve } from 'node:path'
import type { Rollup } from 'vite'
import type { EmittedChunk, GraphModule } from './core/build-input.ts'
import { normalize } from './core/paths.ts'
import { sourceModules } from './core/source-names.ts'

/** A chunk's code with the map that describes it, kept before other plugins change either. */
export interface TakenMap {
  readonly code: string
  readonly mappings: string
  readonly sources: readonly string[]
}

type ModuleContext = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo'>

/** Keeps a chunk's code and map; takes the map out of the bundle, before it reaches the disk, if nobody but us wanted it. */
export function takeMap(bundle: Rollup.OutputBundle, file: string, remove: boolean): TakenMap | undefined {
  const output = bundle[file]
  if (output?.type !== 'chunk' || !output.map) return undefined
  const { mappings, sources } = output.map
  if (remove) {
    output.map = null
    delete bundle[output.sourcemapFileName ?? `${file}.map`]
  }
  return { code: output.code, mappings, sources }
}

/**
 * A chunk as the analysis takes it.
 *
 * @param dir what the sources of the map are relative to
 * @param place brings a file of the bundle to where it lies in the output directory
 */
export function emittedChunk(
  output: Rollup.OutputChunk,
  taken: TakenMap | undefined,
  dir: string,
  place: (file: string) => string,
): EmittedChunk {
  const sources = (taken?.sources ?? []).map((source) => normalize(resolve(dir, output.fileName, '..', source)))
  const modules = output.moduleIds.map((id) => ({ id, renderedLength: output.modules[id]?.renderedLength ?? 0 }))
  const mapped = new Set(sourceModules(sources, modules))
  return {
    name: output.name,
    file: place(output.fileName),
    entry: output.isEntry,
    facade: output.facadeModuleId ?? undefined,
    modules: modules.map((module, index) => {
      // Only what the map is silent about is looked for by its text.
      const code = mapped.has(index) ? null : output.modules[module.id]?.code
      return code ? { ...module, code } : module
    }),
    imports: output.imports.map(place),
    dynamicImports: output.dynamicImports.map(place),
    css: [...(output.viteMetadata?.importedCss ?? [])].map(place),
    assets: [...(output.viteMetadata?.importedAssets ?? [])].map(place),
    code: taken?.code,
    mappings: taken?.mappings ?? '',
    sources,
  }
}

/** The module graph of a bundle. */
export function graphModules(context: ModuleContext): GraphModule[] {
  return [...context.getModuleIds()].flatMap((id): GraphModule[] => {
    const info = context.getModuleInfo(id)
    if (!info) return []
    const imports = [
      ...info.importedIds.map((imported) => ({ id: imported, kind: 'static' as const })),
      ...info.dynamicallyImportedIds.map((imported) => ({ id: imported, kind: 'dynamic' as const })),
    ]
    return [{ id, entry: info.isEntry, imports }]
  })
}
