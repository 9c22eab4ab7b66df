import { createHash } from 'node:crypto'
import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { askedModules } from '../../analysis/asked-modules.ts'
import { memo } from '../../memo.ts'
import type { BundledModule } from '../placement/bundled-graph.ts'
import { findDecisions, type ReplacedBy } from './decisions.ts'
import { type LinkContext, NameLinker } from './link-names.ts'
import { reachedNames } from './reached-names.ts'
import { findRunEffects, runsInPlace } from './run-effects.ts'

/** Modules that import what they take names from, and not the barrels in between. */
export interface LinkedModules {
  readonly modules: readonly BundledModule[]
  /**
   * Which imports of a module may be used, from what others take from it and what `import.meta.env` and `define` decide, and which of the
   * others run something all the same: a fingerprint, the same on every machine as long as these are the same.
   */
  readonly basisOf: (id: string) => string
  readonly noticed: Noticed
}

/** What others notice of modules, as their code has it before tree shaking, without what the bundler may drop. */
export interface Noticed<Module = string> {
  /** Whether others may notice in which order its chunk runs a module, beside what initialisers call. */
  readonly inOrder: (module: Module) => boolean
  /** What its initialisers call, which those of others may call, too: see `askedModules`. */
  readonly asks: (module: Module) => ReadonlySet<string>
  /** Whether others are certain to notice that it runs, or that it is there if it is a stylesheet. */
  readonly atAll: (module: Module) => boolean
}

export interface LinkSources extends Pick<LinkContext, 'codeOf' | 'isPure' | 'entersPure'> {
  /** Whether a stylesheet applies to whatever is there when it is loaded. */
  readonly isGlobal?: (id: string) => boolean
  /** Keys of modules that are left in the output, but of which a plan says that some of their imports are not used there. */
  readonly opened?: ReadonlySet<string>
  /** What the build puts in the place of expressions. Without it, only what stands in the code is known. */
  readonly replacedBy?: ReplacedBy
  /** Whether the bundler, Rollup, counts modules among those that are left although nobody asks for anything of theirs. */
  readonly keepsStrays?: boolean
}

/**
 * Follows the imports of all modules through barrels that tree shaking removed. Only modules that import such a barrel are read, and the
 * barrels.
 *
 * @param modules with every static import, in the order of the source, externals included
 */
export function linkModules(modules: readonly BundledModule[], sources: LinkSources): LinkedModules {
  const byId = new Map(modules.map((module) => [module.id, module]))
  const opened = new Set(modules.flatMap(({ id, key }) => (sources.opened?.has(key) === true ? [id] : [])))
  const linker = new NameLinker({ ...sources, modules: byId, opened })
  const linked = modules.map((module) =>
    // What is loaded with `import()` needs all that it hands on, removed or not.
    module.removed === true ? module : { ...module, imports: linker.importsOf(module) },
  )
  const runEffectsOf = findRunEffects({ ...sources, modules: byId })
  const { codeOf, replacedBy } = sources
  const decisionsOf = findDecisions({ linker, codeOf, replacedBy })
  let importers: ReadonlyMap<string, readonly BundledModule[]> | undefined
  return {
    modules: linked,
    noticed: {
      inOrder: memo((id: string) => !sources.isPure(id) && runsInPlace(sources.codeOf(id) ?? '')),
      asks: askedModules({
        codeOf: (id) => (byId.get(id)?.removed === true || sources.isPure(id) ? undefined : sources.codeOf(id)),
        importsOf: (id) => byId.get(id)?.imports ?? [],
        parse: (code) => parseSync('module.js', code).program as unknown as SyntaxNode,
      }),
      atAll: memo((id: string) => {
        if (sources.isGlobal?.(id) === true) return true
        return !sources.isPure(id) && runsInPlace(sources.codeOf(id) ?? '', 'certain')
      }),
    },
    basisOf(id) {
      importers ??= importersIn(modules)
      const given = (importers.get(id) ?? []).flatMap((importer) => namesTaken(linker, importer, id))
      const names = new Set([...linker.usesOf(id), ...given, ...(byId.get(id)?.entry === true ? ['*'] : [])])
      const reached = reachedNames(codeOf(id) ?? '', names)
      const clauses = linker.importClausesOf(id)
      const keyOf = (target: string): string => byId.get(target)?.key ?? ''
      const taken = clauses?.taken.flatMap(({ from, name, local }) => {
        const target = clauses.targets[from] as string
        return reached.has(local) ? [{ target, name }] : []
      })
      const takes = taken?.map(({ target, name }) => `${keyOf(target)} ${name}`) ?? [...names]
      const used = new Set(taken?.map(({ target }) => target))
      const runs = byId.get(id)?.imports.flatMap((target) => (used.has(target) ? [] : runEffectsOf(target))) ?? []
      const text = JSON.stringify([...takes, ...new Set(runs.map(keyOf)), ...decisionsOf(id)].sort())
      return createHash('sha256').update(text).digest('hex').slice(0, 8)
    },
  }
}

function importersIn(modules: readonly BundledModule[]): Map<string, BundledModule[]> {
  const importers = new Map<string, BundledModule[]>()
  for (const module of modules) {
    if (module.removed === true) continue
    for (const target of new Set([...module.imports, ...module.dynamicImports])) {
      const known = importers.get(target)
      if (known) known.push(module)
      else importers.set(target, [module])
    }
  }
  return importers
}

/** Names that a module takes from one that it imports itself, `*` for all of them. */
function namesTaken(linker: NameLinker, importer: BundledModule, id: string): string[] {
  const all = importer.dynamicImports.includes(id) ? ['*'] : []
  if (!importer.imports.includes(id)) return all
  const clauses = linker.importClausesOf(importer.id)
  if (!clauses) return ['*']
  const named = [...clauses.taken, ...clauses.handed.values()].filter(({ from }) => clauses.targets[from] === id)
  const stars = clauses.stars.some((from) => clauses.targets[from] === id) ? ['*'] : []
  return [...all, ...stars, ...named.map(({ name }) => name)]
}
