import { seeded } from '@paceline/testkit/seeded'
import type { FixtureFiles } from '@paceline/testkit'

/** An app that takes names from a package through barrels of barrels, in every way that there is to hand on a name. */
export interface RandomBarrels {
  readonly files: FixtureFiles
  /** Whether names alone tell what is used: no namespace is handed on, nothing has side effects. */
  readonly isExact: boolean
}

const LEAVES = 12
const BARRELS = 5
const PAGES = 4

/** @param edition what the pages take changes with it, and nothing else */
export function randomBarrels(seed: number, edition: number = 0): RandomBarrels {
  let random = seeded(seed * 31 + 7)
  const below = (limit: number): number => Math.floor(random() * limit)
  const isPure = random() < 0.7
  const spaces = random() < 0.4
  const files: Record<string, string> = {
    'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
    'node_modules/lib/package.json': JSON.stringify({
      name: 'lib',
      version: '1.0.0',
      type: 'module',
      ...(isPure ? { sideEffects: false } : seed % 2 === 0 ? { sideEffects: ['leaf*.js'] } : {}),
    }),
  }
  /** File → names that it exports. */
  const names = new Map<string, string[]>()
  for (let leaf = 0; leaf < LEAVES; leaf++) {
    const own = [`a${leaf}`, ...(random() < 0.5 ? [`b${leaf}`] : [])]
    const lines = own.map((name) => `export function ${name}() { return '${name}' + Math.hypot(3, 4) }`)
    if (!isPure && random() < 0.3) lines.push(`ran.push('leaf ${leaf}')`)
    if (random() < 0.3) lines.push(`export default a${leaf}`)
    names.set(`leaf${leaf}.js`, own)
    files[`node_modules/lib/leaf${leaf}.js`] = lines.join('\n')
  }
  for (let barrel = BARRELS - 1; barrel >= 0; barrel--) {
    const file = barrel === 0 ? 'index.js' : `barrel${barrel}.js`
    const lines: string[] = []
    const given = new Set<string>()
    const lower = [...names.keys()]
    const chosen = barrel === 0 ? lower : lower.filter(() => random() < 0.4)
    for (const target of chosen) {
      const free = names.get(target)!.filter((name) => !given.has(name))
      if (free.length === 0) continue
      const way = below(spaces ? 5 : 4)
      const [first] = free as [string]
      if (way === 0 && free.length === names.get(target)!.length) {
        lines.push(`export * from './${target}'`)
        for (const name of free) given.add(name)
      } else if (way === 1) {
        lines.push(`import { ${first} as local_${first} } from './${target}'`, `export { local_${first} as ${first} }`)
        given.add(first)
      } else if (way === 4) {
        lines.push(`export * as space${given.size}_${barrel} from './${target}'`)
        given.add(`space${given.size}_${barrel}`)
      } else {
        lines.push(`export { /* names */ ${free.join(', ')} } from './${target}' /* all of them */`)
        for (const name of free) given.add(name)
      }
    }
    names.set(file, [...given])
    files[`node_modules/lib/${file}`] = lines.join(random() < 0.5 ? '\n' : ';')
  }
  const exported = names.get('index.js')!
  random = seeded(seed * 101 + edition * 7 + 3)
  const pages = Array.from({ length: PAGES }, (_, page) => `page${page}.js`)
  for (const page of pages) {
    const taken = [...new Set([1, 2, 3].map(() => exported[below(exported.length)]!))]
    const use = (name: string, value: string): string =>
      name.startsWith('space') ? `ran.push(Object.values(${value}).length)` : `ran.push(${value}())`
    files[`src/${page}`] =
      random() < 0.6
        ? [`import { ${taken.join(', ')} } from 'lib'`, ...taken.map((name) => use(name, name))].join('\n')
        : ["import * as lib from 'lib'", ...taken.map((name) => use(name, `lib.${name}`))].join('\n')
  }
  files['src/main.js'] = pages.map((page) => `await import('./${page}')`).join('\n')
  return { files, isExact: isPure && !spaces }
}
