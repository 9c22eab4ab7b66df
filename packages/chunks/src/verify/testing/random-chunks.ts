import { seeded } from '@paceline/testkit/seeded'

/** An app of modules that use each other at once and later, and a division of it, both made by chance. */
export interface RandomChunks {
  readonly files: Readonly<Record<string, string>>
  /** Module → group; modules without one are the bundler's to place. */
  readonly groups: Readonly<Record<string, string>>
}

/**
 * Modules import earlier ones and use them in classes, constants and functions; some import later ones too, for functions that
 * are called when all is there. Some say that they run. The same seed gives the same app.
 */
export function randomChunks(seed: number): RandomChunks {
  const random = seeded(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const count = 5 + below(8)
  const names = Array.from({ length: count }, (_, index) => `m${index}`)
  const lazy = names.filter((_, index) => index > 1 && random() < 0.2)
  const files: Record<string, string> = {
    'package.json': '{"name":"random-chunks","version":"1.0.0","private":true,"type":"module"}',
  }
  for (const [index, name] of names.entries()) {
    const later = names.slice(index + 1).filter((other) => !lazy.includes(other) && random() < 0.35)
    const earlier = names.slice(0, index).filter(() => random() < 0.06)
    files[`src/${name}.js`] = moduleCode(name, later, earlier, below)
  }
  const asked = lazy.map(
    (name) => `await import('./${name}.js').then((all) => globalThis.log.push(String(all.late())))`,
  )
  const first = names.filter((name, index) => !lazy.includes(name) && (index === 0 || random() < 0.3))
  files['src/main.js'] = [
    ...first.map((name) => `import { late as late_${name} } from './${name}.js'`),
    ...first.map((name) => `globalThis.log.push(String(late_${name}()))`),
    'globalThis.done = (async () => {',
    ...asked,
    '})()',
  ].join('\n')
  const groups: Record<string, string> = {}
  for (const name of names) if (random() < 0.7) groups[`src/${name}.js`] = `group${below(3)}`
  return { files, groups }
}

function moduleCode(
  name: string,
  later: readonly string[],
  earlier: readonly string[],
  below: (limit: number) => number,
): string {
  const lines = [...later, ...earlier].map((other) => `import * as ${other} from './${other}.js'`)
  if (below(3) === 0) lines.push(`globalThis.log.push('${name} runs')`)
  const uses = later.map((other) => {
    const way = below(4)
    if (way === 0) return `export class Own_${other} extends ${other}.Own {}`
    if (way === 1) return `export const of_${other} = ${other}.value + 1`
    if (way === 2) return `export const called_${other} = ${other}.early()`
    return ''
  })
  const mentioned = [...later, ...earlier].map((other) => `typeof ${other}.value`)
  lines.push(
    ...uses,
    `export class Own { name() { return '${name}' } }`,
    `export const value = '${name}'.length`,
    `export function early() { return '${name}' + Own.name.length }`,
    `export const late = () => [new Own().name(), value, ${mentioned.join(', ')}].join()`,
  )
  return `${lines.join('\n')}\n`
}
