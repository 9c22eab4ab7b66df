import { describe, expect, test } from 'vitest'
import type { LiveModule } from '../live-graph.ts'
import { asPicked } from './picked-modules.ts'

const part = (index: number, given: Partial<LiveModule> = {}): LiveModule => ({
  id: `/icons/${index}.js`,
  key: `icons/${index}.js`,
  package: 'icons',
  kind: 'js',
  size: { raw: 400, brotli: 200 },
  imports: [],
  dynamicImports: [],
  effects: false,
  awaits: false,
  volatility: 'package:icons',
  ...given,
})
/** The app imports all of them. */
const graph = (parts: readonly LiveModule[]): LiveModule[] => {
  const imports = [...parts.keys()]
  const { package: _, ...app } = part(99, { key: 'src/main.js', volatility: 'app', imports })
  return [...parts, app]
}
const kinds = (modules: readonly LiveModule[]): string[] => asPicked(modules).map(({ volatility }) => volatility)
const six = [0, 1, 2, 3, 4, 5]

describe('asPicked', () => {
  test('six small parts that the app takes one by one change with the app', () => {
    expect(kinds(graph(six.map((index) => part(index))))).toEqual(Array.from({ length: 7 }, () => 'app'))
  })

  test('five are no collection', () => {
    expect(new Set(kinds(graph(six.slice(1).map((index) => part(index)))).slice(0, 5))).toEqual(
      new Set(['package:icons']),
    )
  })

  test.each([
    ['is big', { size: { raw: 9000, brotli: 1001 } }],
    ['has effects', { effects: true }],
    ['is a stylesheet', { kind: 'css' as const }],
  ])('a part that %s stays with its package', (_, given) => {
    const modules = graph([...six.map((index) => part(index)), part(6, given)])
    expect(kinds(modules)).toEqual([...six.map(() => 'app'), 'package:icons', 'app'])
  })

  test('of a package that has more to it, small parts are no collection', () => {
    const modules = graph([
      ...six.map((index) => part(index)),
      ...six.concat(6).map((index) => part(10 + index, { size: { raw: 9000, brotli: 3000 } })),
    ])
    expect(new Set(kinds(modules).slice(0, 6))).toEqual(new Set(['package:icons']))
  })

  test('what the package needs itself stays with it', () => {
    const modules = graph([...six.map((index) => part(index, { imports: [6] })), part(6)])
    expect(kinds(modules)).toEqual([...six.map(() => 'app'), 'package:icons', 'app'])
  })
})
