import type { Rollup } from 'vite'

/** An import of one of Node's modules, for which Vite puts an empty one. */
export interface BuiltinImport {
  /** Module id. */
  readonly importer: string
  /** As written: `node:fs`. */
  readonly name: string
}

/** Rolldown runs the empty module even where nothing of it is used. */
const ONLY_RUN = /^\s*(?:var import_[^\n]*)?require___vite_browser_external[\w$]*\(\)[\s\d,)]*;$/gm

type Context = Pick<Rollup.PluginContext, 'getModuleInfo' | 'meta'>

/** The imports of Node's modules of which tree shaking has left something in the emitted code. */
export function usedBuiltins<Import extends BuiltinImport>(
  context: Context,
  bundle: Rollup.OutputBundle,
  imports: readonly Import[],
): Import[] {
  if (imports.length === 0) return []
  const emitted = new Map<string, string>()
  for (const output of Object.values(bundle)) {
    if (output.type !== 'chunk') continue
    for (const [id, { code }] of Object.entries(output.modules)) emitted.set(id, (code ?? '').replace(ONLY_RUN, ''))
  }
  const empty = [...emitted].flatMap(([id, code]) => (/__vite-browser-external/.test(id) ? declared(code) : []))
  return imports.filter(({ importer, name }) => {
    const code = emitted.get(importer)
    if (code === undefined) return false
    return (
      /__vite(?:BrowserExternal|_browser_external)/.test(code) ||
      mentions(code, [...empty, ...namespace(context, importer, name)])
    )
  })
}

/** What code declares at its top, without the number by which a chunk tells equal names apart. */
function declared(code: string): string[] {
  return [...code.matchAll(/^(?:const|let|var)\s+([\w$]+)/gm)].map(([, name]) => name!.replace(/^(\w+)\$\d+$/, '$1'))
}

/** Rollup keeps the name of a namespace that is used as a whole, and writes `undefined` for a member that the empty module does not have. */
function namespace({ getModuleInfo, meta }: Context, importer: string, name: string): string[] {
  if ('rolldownVersion' in meta) return []
  const written = new RegExp(`\\*\\s*as\\s+([\\w$]+)\\s*from\\s*["']${name}["']`)
  const local = written.exec(getModuleInfo(importer)?.code ?? '')?.[1]
  return local === undefined ? [] : [local, 'undefined']
}

function mentions(code: string, names: readonly string[]): boolean {
  const any = names.map((name) => name.replaceAll('$', '\\$')).join('|')
  return any !== '' && new RegExp(`(?<![\\w$])(?:${any})(?:\\$\\d+)?(?![\\w$])`).test(code)
}

/** The line on which a source imports a module of Node: to the bundler those are all one empty module. */
export function lineOfImport(source: string, name: string): number | undefined {
  const specifier = `(["'])${name}\\1`
  const statement = new RegExp(
    `(?:^|[;\\s])(?:import|export)\\b[^;'"\`()]*?${specifier}|\\b(?:import|require)\\s*\\(\\s*(["'])${name}\\2`,
  )
  const found = statement.exec(source)
  return found ? source.slice(0, found.index + found[0].search(/\S/)).split('\n').length : undefined
}
