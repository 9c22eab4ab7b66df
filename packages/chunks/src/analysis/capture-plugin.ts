import { posix } from 'node:path'
import { displayId, graphModules, normalize, type GraphModule } from '@paceline/build-graph'
import type { Plugin, Rollup } from 'vite'
import { chunksError } from '../errors.ts'
import { keptSources } from '../emit/module-sources.ts'
import { chunkOutput, isRolldown, type ChunkTable } from '../emit/chunk-output.ts'
import { inInputOrder } from '../verify/input-order.ts'
import type { CapturedBuild, CapturedChunk } from './captured-build.ts'

/**
 * Gives every module a chunk of its own and keeps what came out. What the chunks import is then what the modules
 * really import, and what they hold is what is left of the modules after tree shaking.
 */
export function capturePlugin(done: (build: CapturedBuild) => void): Omit<Plugin, 'name'> {
  let survivors = new Set<string>()
  let names: ReadonlyMap<string, string | undefined> = new Map()
  return {
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    outputOptions: {
      order: 'post',
      handler(output) {
        survivors = new Set()
        const table: ChunkTable = {
          survives: (id) => void survivors.add(id),
          chunkOf: (id) => names.get(id),
        }
        const options = chunkOutput(output, table, () => names.keys(), isRolldown(this.meta))
        return { ...options, ...FILE_NAMES, sourcemap: false }
      },
    },
    renderStart() {
      names = chunkNames(graphModules(this), normalize(this.environment.config.root))
    },
    generateBundle: {
      // Before Vite removes the chunks of stylesheets and writes its lists of files to preload.
      order: 'pre',
      handler(_output, bundle) {
        const { root, build } = this.environment.config
        // The inputs run in the order of the config.
        const modules = inInputOrder(inOrder(graphModules(this), normalize(root)), build, root)
        const sources = keptSources(
          this,
          modules.map(({ id }) => id),
        )
        const importers = modules.filter(({ imports }) => imports.some((edge) => edge.kind === 'dynamic'))
        done({
          root: normalize(root),
          chunks: capturedChunks(bundle),
          modules,
          survivors,
          pure: new Set(modules.flatMap(({ id }) => (sources.isPure(id) ? [id] : []))),
          sources,
          dynamicImporters: new Map(importers.map(({ id }) => [id, this.getModuleInfo(id)?.code ?? ''])),
        })
      },
    },
  }
}

/** As long as the names that files have in the end: those of lazy chunks stand in the code that loads them. */
const FILE_NAMES = { entryFileNames: 'assets/[name]-00000000.js', chunkFileNames: 'assets/[name]-00000000.js' } as const

/**
 * The same order on every machine. Bundlers list modules as they happen to be read, and minifiers choose names by the letters in a file,
 * those of its imports among them.
 */
function inOrder(modules: readonly GraphModule[], root: string): GraphModule[] {
  const keyed = modules.map((module) => ({ module, key: displayId(module.id, root) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.map(({ module }) => module)
}

/** A chunk for each module. Pages stay with the bundler: their chunks are the entries. */
function chunkNames(modules: readonly GraphModule[], root: string): Map<string, string | undefined> {
  return new Map(inOrder(modules, root).map(({ id, entry }, index) => [id, entry ? undefined : `m${index}`]))
}

function capturedChunks(bundle: Rollup.OutputBundle): CapturedChunk[] {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const several = chunks.find((chunk) => ownModules(chunk).length > 1)
  if (several) throw chunksError('PACELINE_ANALYSIS_FAILED', [ownModules(several)[0]!, ownModules(several)[1]!])
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const moduleOf = (file: string): string | undefined => {
    const chunk = byFile.get(file)
    return (chunk && ownModules(chunk)[0]) ?? chunk?.facadeModuleId ?? undefined
  }
  return chunks.flatMap((chunk): CapturedChunk[] => {
    // Beside top-level await Rolldown gives an `import()` a chunk that only imports the one of the module.
    const [id] = ownModules(chunk)
    if (id === undefined) return []
    return [
      {
        id,
        code: chunk.code,
        specifiers: new Map(
          chunk.imports.flatMap((file) => {
            const imported = moduleOf(file)
            return imported === undefined ? [] : [[specifier(chunk.fileName, file), imported] as const]
          }),
        ),
        dynamicImports: chunk.dynamicImports.flatMap((file) => moduleOf(file) ?? []),
        css: [...(chunk.viteMetadata?.importedCss ?? [])].map((file) => stylesheet(bundle[file])).join('\n'),
      },
    ]
  })
}

/** Rolldown puts its helpers into the chunk that uses them, whatever the table says, when it is the only one. */
function ownModules({ moduleIds }: Rollup.OutputChunk): string[] {
  return moduleIds.length > 1 ? moduleIds.filter((id) => id !== RUNTIME) : moduleIds
}

const RUNTIME = '\0rolldown/runtime.js'

/** How one file of the output names another. */
function specifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

function stylesheet(asset: Rollup.OutputAsset | Rollup.OutputChunk | undefined): string {
  if (asset?.type !== 'asset') return ''
  const text = typeof asset.source === 'string' ? asset.source : new TextDecoder().decode(asset.source)
  // Vite marks the end of a stylesheet, and takes the mark out when it writes the file.
  return text.replace(/\/\*\$vite\$:\d+\*\/\s*$/, '').trimEnd()
}
