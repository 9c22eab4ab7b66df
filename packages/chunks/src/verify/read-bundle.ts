import type { GraphModule, SyntaxNode } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import { isNoticed } from '../analysis/effectful-modules.ts'
import { moduleEffects, type ModuleEffects } from '../analysis/effects.ts'
import { memo } from '../memo.ts'
import { declaredPure } from './declared-pure.ts'
import type { FinishedChunk, FinishedOutput, SourceModule } from './finished-output.ts'
import { usesWhileStarting, type ParsedChunk } from './start-uses.ts'

type Context = Pick<Rollup.PluginContext, 'getModuleInfo' | 'parse' | 'meta'>

/** Ids of stylesheets. */
export const STYLES: RegExp = /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)(?:$|\?)/
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

/** Characters. Data and whole libraries in one file are half of all code that would be parsed. */
const LONG = 20_000

/** A module that is run by a function of its own, at the first call: CommonJS, and what CommonJS requires. */
const WRAPPER = /^var ((?:require|init)_[\w$]+) = /gm

/** Whether output options say which modules go together, in any of the ways that Rollup and Rolldown have had for it. */
export function areGrouped(options: object): boolean {
  const { manualChunks, codeSplitting, advancedChunks, experimentalMinChunkSize } = options as Record<string, unknown>
  return [manualChunks, codeSplitting, advancedChunks, experimentalMinChunkSize].some(
    (option) => option !== undefined && option !== null && typeof option !== 'boolean',
  )
}

/** What is known of stylesheets by the time when they are scripts. */
export interface StyleFacts {
  /** Without a rule: one that only exports values to scripts. */
  readonly empty: ReadonlySet<string>
  /** That apply to whatever is there when they are loaded, see {@link hasGlobalRules}. */
  readonly global: ReadonlySet<string>
}

/**
 * A finished bundle as the verifier takes it. Code is parsed only when the verifier asks for it.
 *
 * @param modules of the source, those of the inputs in the order in which the bundler takes them
 * @param grouped whether options say what goes together
 */
export function readBundle(
  context: Context,
  bundle: Rollup.OutputBundle,
  modules: readonly GraphModule[],
  grouped: boolean,
  styles: StyleFacts = { empty: new Set(), global: new Set() },
): FinishedOutput {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const sources = modules.map(sourceModule)
  const byId = new Map(sources.map((module) => [module.id, module]))
  const chunkOf = new Map(chunks.flatMap((chunk) => chunk.moduleIds.map((id) => [id, chunk] as const)))
  const parsed = memo((file: string): ParsedChunk => ({ file, program: parse(context, byFile.get(file)?.code ?? '') }))
  const codeOf = (id: string): string => chunkOf.get(id)?.modules[id]?.code ?? ''
  const calledBy = memo((id: string) => new Map(wrapperCalls(codeOf(id)).map((name) => [name, wrapperOf(name, id)])))
  const effectsOf = memo((id: string): ModuleEffects | undefined => {
    const code = codeOf(id)
    if (code === '') return undefined
    return moduleEffects(parse(context, code), { modules: calledBy(id), own: new Set(), helpers: HELPERS })
  })
  /** Function → the module of a chunk that it runs: names are unique in a chunk. */
  const wrappersIn = memo((file: string) => wrappersOf(byFile.get(file)))
  /**
   * The module that is run by a function of this name. That of another chunk is the nearest behind the imports: it may have namesakes. In a
   * chunk Rolldown writes the calls of a module of which nothing else is left in front of the next, which does not import what they run.
   */
  const wrapperOf = (name: string, from: string): string => {
    const own = wrappersIn(chunkOf.get(from)?.fileName ?? '').get(name)
    if (own !== undefined) return own
    const seen = new Set([from])
    for (const id of seen) {
      if (wrappersIn(chunkOf.get(id)?.fileName ?? '').get(name) === id) return id
      for (const imported of byId.get(id)?.imports ?? []) seen.add(imported)
    }
    return ''
  }
  const isPure = declaredPure()
  const isStylesheet = (id: string): boolean => STYLES.test(id) && !NO_STYLESHEET.test(id) && !styles.empty.has(id)
  return {
    bundler: 'rolldownVersion' in context.meta ? 'rolldown' : 'rollup',
    grouped,
    chunks: chunks.map(finishedChunk),
    modules: sources,
    hasStyles: isStylesheet,
    hasGlobalStyles: (id) => isStylesheet(id) && styles.global.has(id),
    hasEffects: memo((id: string) => {
      // What a package declares to be free of side effects may be run, moved and dropped at will.
      if (context.getModuleInfo(id)?.moduleSideEffects === false || isPure(id)) return false
      const effects = effectsOf(id)
      return effects !== undefined && (effects.awaits || isNoticed(effects, effectsOf))
    }),
    isLong: (id) => codeOf(id).length > LONG,
    // To parse every module takes long, and most have no such word.
    awaits: (id) => codeOf(id).includes('await') && effectsOf(id)?.awaits === true,
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

function sourceModule({ id, entry, imports }: GraphModule): SourceModule {
  const ids = (kind: 'static' | 'dynamic'): string[] => imports.flatMap((edge) => (edge.kind === kind ? [edge.id] : []))
  return { id, entry, imports: ids('static'), dynamicImports: ids('dynamic') }
}

/** Functions of modules that code calls for their own sake. */
function wrapperCalls(code: string): string[] {
  return [...code.matchAll(/^\s*(?:\/\* @__PURE__ \*\/\s*)?((?:require|init)_[\w$]+)\(\)/gm)].map(([, name]) => name!)
}

function wrappersOf(chunk: Rollup.OutputChunk | undefined): Map<string, string> {
  const modules = Object.entries(chunk?.modules ?? {})
  return new Map(modules.flatMap(([id, { code }]) => [...wrapperNames(code ?? '')].map((name) => [name, id] as const)))
}

/** Functions that code makes of modules. */
function wrapperNames(code: string): Set<string> {
  return new Set([...code.matchAll(WRAPPER)].map(([, name]) => name!))
}

function parse(context: Context, code: string): SyntaxNode {
  return context.parse(code) as unknown as SyntaxNode
}
