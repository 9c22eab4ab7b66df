import { STYLESHEET, type GraphModule, type SyntaxNode } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import { askedModules } from '../analysis/asked-modules.ts'
import { isNoticed, loudRequires, onlyTellsTools } from '../analysis/effectful-modules.ts'
import { moduleEffects, type ModuleEffects } from '../analysis/effects.ts'
import { memo } from '../memo.ts'
import { findAwaited } from './awaited-chunks.ts'
import { declaredPure } from './declared-pure.ts'
import type { FinishedChunk, FinishedOutput, SourceModule } from './finished-output.ts'
import { mappedFiles } from './mapped-files.ts'
import { usesWhileStarting, type ParsedChunk } from './start-uses.ts'
import { findWrappers, namesOf } from './wrappers.ts'

type Context = Pick<Rollup.PluginContext, 'getModuleInfo' | 'parse' | 'meta'>

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
  let mapped: ReadonlyMap<string, string> | undefined
  const fileOf = (name: string): string => (mapped ??= mappedFiles(bundle)).get(name) ?? name
  const codeOf = (id: string): string => chunkOf.get(id)?.modules[id]?.code ?? ''
  const { calledBy, requires } = findWrappers(byFile, chunkOf, byId)
  const isRollup = !('rolldownVersion' in context.meta)
  const effectsOf = memo((id: string): ModuleEffects | undefined => {
    const code = codeOf(id)
    if (code === '') return undefined
    const commonJs = isRollup && namesOf(code).length > 0
    return moduleEffects(parse(context, code), { modules: calledBy(id), own: new Set(), helpers: HELPERS, commonJs })
  })
  const isDeclared = declaredPure()
  const isPure = memo(
    (id: string): boolean =>
      onlyTellsTools(id) || context.getModuleInfo(id)?.moduleSideEffects === false || isDeclared(id),
  )
  const isStylesheet = (id: string): boolean => STYLESHEET.test(id) && !NO_STYLESHEET.test(id) && !styles.empty.has(id)
  return {
    bundler: isRollup ? 'rollup' : 'rolldown',
    grouped,
    chunks: chunks.map(finishedChunk),
    modules: sources,
    hasStyles: isStylesheet,
    hasGlobalStyles: (id) => isStylesheet(id) && styles.global.has(id),
    hasEffects: memo((id: string) => {
      // What a package declares to be free of side effects may be run, moved and dropped at will.
      if (isPure(id)) return false
      const effects = effectsOf(id)
      if (effects === undefined) return false
      // What it requires may have run before.
      return effects.awaits || isNoticed({ ...effects, requires: new Set() }, effectsOf, isPure)
    }),
    asks: askedModules({
      // Not where tree shaking left no such call.
      codeOf: (id) =>
        isPure(id) || effectsOf(id)?.starts !== true ? undefined : (context.getModuleInfo(id)?.code ?? undefined),
      importsOf: (id) => byId.get(id)?.imports ?? [],
      parse: (code) => parse(context, code),
    }),
    requires: memo((id: string) => requires(id).filter((required) => !isPure(required))),
    requiresInside: memo((id: string) =>
      [...calledBy(id)].flatMap(([name, required]) =>
        name.startsWith('require') && required !== '' && !isPure(required) ? [required] : [],
      ),
    ),
    hasEffectsInside: memo((id: string) => {
      const code = { calls: new Set<string>(), requires: new Set([id]) }
      return loudRequires(code, effectsOf, isPure).length > 0
    }),
    isLong: (id) => codeOf(id).length > LONG,
    // To parse every module takes long, and most have no such word.
    awaits: (id) => codeOf(id).includes('await') && effectsOf(id)?.awaits === true,
    awaited: findAwaited(chunks, chunkOf, (code) => parse(context, code)),
    usesWhileStarting: (file, imported) => usesWhileStarting(parsed(file), parsed(imported), fileOf),
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

function parse(context: Context, code: string): SyntaxNode {
  return context.parse(code) as unknown as SyntaxNode
}
