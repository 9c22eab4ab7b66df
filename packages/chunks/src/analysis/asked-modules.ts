import { packageOf, type SyntaxNode } from '@paceline/build-graph'
import { memo } from '../memo.ts'
import { readClauses } from '../plan-file/linking/import-clauses.ts'
import { withTargets } from '../plan-file/linking/target-clauses.ts'
import { moduleEffects } from './effects.ts'
import { isPureName } from './pure-calls.ts'

/** What is known of modules before tree shaking. */
export interface AskingModules {
  /** As the plugins left it: with its own names for what it imports. */
  readonly codeOf: (id: string) => string | undefined
  /** In the order of the source. */
  readonly importsOf: (id: string) => readonly string[]
  readonly parse: (code: string) => SyntaxNode
}

/** Packages whose functions give the same whatever was called before. */
const STATELESS: ReadonlySet<string> = new Set([
  // Contexts, and components made of components.
  'react',
  // Schemas, made of schemas.
  'zod',
  // Functions that give names of classes.
  'class-variance-authority',
  // Components that bring their rules when they are rendered.
  '@emotion/styled',
  '@mui/material',
  '@mui/system',
  // Checks of props, made of checks.
  'prop-types',
])

/**
 * Finds what a module calls where it stands, be it for a value, and what may remember that and answer the next call otherwise: packages, and
 * the app's own modules by id. `export const auth = getAuth()` asks `firebase`, which hands on what `@firebase/auth` has, and so the two are one.
 * What a function of the module calls is not followed.
 * Modules of packages ask nothing.
 */
export function askedModules({ codeOf, importsOf, parse }: AskingModules): (id: string) => ReadonlySet<string> {
  return memo((id: string): ReadonlySet<string> => {
    // A package imports what it leans on. If packages counted, those of an editor (`LRLanguage.define()`) would stay with the entry of Flowise.
    if (packageOf(id) !== undefined) return new Set()
    const own = ownerOf(id)
    const asked = (target: string): string | undefined => {
      // Helpers of the bundler remember nothing.
      if (fileOf(target).startsWith('\0') || STATELESS.has(packageOf(target)?.name ?? '')) return undefined
      const owner = ownerOf(target)
      return owner === own ? undefined : owner
    }
    const imports = importsOf(id)
    const code = imports.some((target) => asked(target) !== undefined) ? codeOf(id) : undefined
    const read = code === undefined ? undefined : readClauses(code)
    const clauses = read && withTargets(read, imports)
    if (code === undefined || !clauses) return new Set()
    const owners = new Map(
      clauses.taken.flatMap(({ from, name, local }) => {
        const owner = isPureName(name) ? undefined : asked(clauses.targets[from]!)
        return owner === undefined ? [] : [[local, owner] as const]
      }),
    )
    if (owners.size === 0) return new Set()
    return new Set([...moduleEffects(parse(code), undefined, code).asks].flatMap((name) => owners.get(name) ?? []))
  })
}

/** What is asked → who asks it, each in the order in which they are given. */
export function askersOf<Module>(
  modules: Iterable<Module>,
  asked: (module: Module) => ReadonlySet<string>,
): Map<string, Module[]> {
  const askers = new Map<string, Module[]>()
  for (const module of modules) {
    for (const owner of asked(module)) askers.set(owner, [...(askers.get(owner) ?? []), module])
  }
  return askers
}

/** Who may remember a call of one of its functions. */
function ownerOf(id: string): string {
  const name = packageOf(id)?.name ?? fileOf(id)
  return name.startsWith('@firebase/') ? 'firebase' : name
}

/** Rollup makes several modules of one of CommonJS, and others import `\0/x.js?commonjs-es-import`. */
function fileOf(id: string): string {
  return id.replace(/^\0(.+)\?commonjs-[\w-]+$/, '$1')
}
