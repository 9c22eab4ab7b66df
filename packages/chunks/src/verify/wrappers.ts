import type { Rollup } from 'vite'
import { memo } from '../memo.ts'
import type { SourceModule } from './finished-output.ts'

/** Modules that are run by a function of their own at its first call: CommonJS, and what CommonJS requires. */
export interface Wrappers {
  /** Module → the functions that its code calls anywhere, each with the module that it runs; an empty id for one that nobody knows. */
  readonly calledBy: (id: string) => ReadonlyMap<string, string>
  /** Module → CommonJS that its code requires where it stands, in this order. */
  readonly requires: (id: string) => readonly string[]
}

/** Rolldown's `var require_x = __commonJSMin(…)`, and Rollup's `function requireX () {`. */
const WRAPPER = /^(?:var ((?:require|init)_[\w$]+) = |function (require[A-Z][\w$]*) ?\(\) ?\{\s*if \(hasRequired)/gm
const CALL = /\b((?:require|init)_[\w$]+|require[A-Z][\w$]*)\(\)/g
/** Rolldown prints what stands outside of functions at the beginning of a line. */
const REQUIRED = /^(?!var require_)[^\s/].*?\b(require_[\w$]+)\(\)/gm
/** Rollup requires CommonJS in a module of its own, which ES modules import. */
const ES_IMPORT = /^\0(.+)\?commonjs-es-import$/

/**
 * @param byFile chunks by file
 * @param chunkOf by the ids of their modules
 * @param sources the modules of the source
 */
export function findWrappers(
  byFile: ReadonlyMap<string, Rollup.OutputChunk>,
  chunkOf: ReadonlyMap<string, Rollup.OutputChunk>,
  sources: ReadonlyMap<string, SourceModule>,
): Wrappers {
  const codeOf = (id: string): string => chunkOf.get(id)?.modules[id]?.code ?? ''
  /** Function → the module of a chunk that it runs: names are unique in a chunk. */
  const wrappersIn = memo((file: string): ReadonlyMap<string, string> => {
    const modules = byFile.get(file)?.modules ?? {}
    return new Map(Object.entries(modules).flatMap(([id, { code }]) => namesOf(code ?? '').map((name) => [name, id])))
  })
  /** Modules of all chunks that are run by a function of this name, but for its number. */
  const namesakes = memo((plain: string): ReadonlySet<string> => {
    const all = [...byFile.keys()].flatMap((file) => [...wrappersIn(file)])
    return new Set(all.flatMap(([name, id]) => (withoutNumber(name) === plain ? [id] : [])))
  })
  /**
   * The module that is run by a function of this name. That of another chunk is the nearest behind the imports: it may have namesakes. In a
   * chunk Rolldown writes the calls of a module in front of the next that the source has behind what they run, which does not import it: then
   * those who use what the call gave tell whom it ran.
   */
  const wrapperOf = (name: string, from: string): string => {
    const chunk = chunkOf.get(from)
    const own = wrappersIn(chunk?.fileName ?? '').get(name)
    if (own !== undefined) return own
    const meant = namesakes(withoutNumber(name))
    const users = meant.size > 1 ? usersOf(name, from) : []
    return nearest(users, meant) ?? nearest([from], meant) ?? nearest(chunk?.moduleIds ?? [], meant) ?? ''
  }
  /** Modules of the chunk in which `x` of `var x = require_y()` is used. */
  const usersOf = (name: string, from: string): string[] => {
    const call = `^var ([\\w$]+) = [^\\n]*\\b${escaped(name)}\\(\\)`
    const [, variable] = new RegExp(call, 'm').exec(codeOf(from)) ?? []
    if (variable === undefined) return []
    const use = new RegExp(`(?<![\\w$])${escaped(variable)}(?![\\w$])`)
    return (chunkOf.get(from)?.moduleIds ?? []).filter((id) => id !== from && use.test(codeOf(id)))
  }
  const nearest = (from: readonly string[], meant: ReadonlySet<string>): string | undefined => {
    const seen = new Set(from)
    for (const id of seen) {
      if (meant.has(id)) return id
      for (const imported of sources.get(id)?.imports ?? []) seen.add(imported)
    }
    return undefined
  }
  const calledBy = memo((id: string): ReadonlyMap<string, string> => {
    const names = [...new Set([...codeOf(id).matchAll(CALL)].map(([, name]) => name!))]
    const [, required] = ES_IMPORT.exec(id) ?? []
    const found = names.map((name): [string, string] => [name, required ?? wrapperOf(name, id)])
    // `requireAuth()` may be the app's own.
    return new Map(found.filter(([name, module]) => module !== '' || name.includes('_')))
  })
  const requires = memo((id: string): readonly string[] => {
    const [, required] = ES_IMPORT.exec(id) ?? []
    if (required !== undefined) return chunkOf.has(required) ? [required] : []
    const code = codeOf(id)
    if (!code.includes('require_')) return []
    const names = [...code.matchAll(REQUIRED)].map(([, name]) => name!)
    return [...new Set(names.flatMap((name) => calledBy(id).get(name) || []))]
  })
  return { calledBy, requires }
}

/** Functions that code makes of modules. */
export function namesOf(code: string): string[] {
  return [...code.matchAll(WRAPPER)].map(([, name, other]) => (name ?? other)!)
}

/** Bundlers number what would be a second of its name in a chunk. */
function withoutNumber(name: string): string {
  return name.replace(/\$\d+$/, '')
}

function escaped(name: string): string {
  return name.replaceAll('$', String.raw`\$`)
}
