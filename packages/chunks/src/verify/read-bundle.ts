import type { SyntaxNode } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import { isNoticed } from '../analysis/effectful-modules.ts'
import { moduleEffects, type ImportedNames, type ModuleEffects } from '../analysis/effects.ts'
import type { FinishedChunk, FinishedOutput, SourceModule } from './finished-output.ts'
import { usesWhileStarting, type ParsedChunk } from './start-uses.ts'

type Context = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo' | 'parse' | 'meta'>

const STYLES = /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)(?:$|\?)/
/** Styles as text or as an address are no stylesheet of the page. */
const NO_STYLESHEET = /[?&](?:raw|url|inline)\b/

/** The bundler's own functions, by the names that they have before code is minified. */
const HELPERS: ReadonlySet<string> = new Set([
  '__commonJS',
  '__commonJSMin',
  '__copyProps',
  '__esm',
  '__esmMin',
  '__export',
  '__exportAll',
  '__name',
  '__reExport',
])

/** A module that is run by a function of its own, at the first call: CommonJS, and what CommonJS requires. */
const WRAPPER = /^var ((?:require|init)_[\w$]+) = /gm

/** Whether output options say which modules go together, in any of the ways that Rollup and Rolldown have had for it. */
export function areGrouped(options: object): boolean {
  const { manualChunks, codeSplitting, advancedChunks, experimentalMinChunkSize } = options as Record<string, unknown>
  return [manualChunks, codeSplitting, advancedChunks, experimentalMinChunkSize].some(
    (option) => option !== undefined && option !== null && typeof option !== 'boolean',
  )
}

/**
 * A finished bundle as the verifier takes it. Code is parsed only when the verifier asks for it.
 *
 * @param grouped whether options say what goes together
 */
export function readBundle(context: Context, bundle: Rollup.OutputBundle, grouped: boolean): FinishedOutput {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const chunkOf = new Map(chunks.flatMap((chunk) => chunk.moduleIds.map((id) => [id, chunk] as const)))
  const parsed = memo((file: string): ParsedChunk => ({ file, program: parse(context, byFile.get(file)?.code ?? '') }))
  // In rendered code modules are one scope, so imported functions go by the names that they have where they are made.
  const imported = memo((): ImportedNames => ({ modules: wrappers(chunks), own: new Set(), helpers: HELPERS }))
  const effectsOf = memo((id: string): ModuleEffects | undefined => {
    const code = chunkOf.get(id)?.modules[id]?.code
    return code ? moduleEffects(parse(context, code), imported('')) : undefined
  })
  return {
    bundler: 'rolldownVersion' in context.meta ? 'rolldown' : 'rollup',
    grouped,
    chunks: chunks.map(finishedChunk),
    modules: [...context.getModuleIds()].map((id) => sourceModule(context, id)),
    hasStyles: (id) => STYLES.test(id) && !NO_STYLESHEET.test(id),
    hasEffects: memo((id: string) => {
      // What a package declares to be free of side effects may be run, moved and dropped at will.
      if (context.getModuleInfo(id)?.moduleSideEffects === false) return false
      const effects = effectsOf(id)
      return effects !== undefined && (effects.awaits || isNoticed(effects, effectsOf))
    }),
    usesWhileStarting: (file, imported) => usesWhileStarting(parsed(file), parsed(imported)),
  }
}

function finishedChunk(chunk: Rollup.OutputChunk): FinishedChunk {
  return {
    file: chunk.fileName,
    name: chunk.name,
    facade: chunk.facadeModuleId ?? undefined,
    modules: chunk.moduleIds,
    imports: chunk.imports,
    dynamicImports: chunk.dynamicImports,
  }
}

function sourceModule(context: Context, id: string): SourceModule {
  const info = context.getModuleInfo(id)
  return {
    id,
    entry: info?.isEntry ?? false,
    imports: info?.importedIds ?? [],
    dynamicImports: info?.dynamicallyImportedIds ?? [],
  }
}

/** Name of the function → the module that it runs. */
function wrappers(chunks: readonly Rollup.OutputChunk[]): Map<string, string> {
  const modules = chunks.flatMap((chunk) => Object.entries(chunk.modules))
  return new Map(
    modules.flatMap(([id, { code }]) => [...(code ?? '').matchAll(WRAPPER)].map(([, name]) => [name!, id])),
  )
}

function parse(context: Context, code: string): SyntaxNode {
  return context.parse(code) as unknown as SyntaxNode
}

function memo<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key))
    return known.get(key) as Value
  }
}
