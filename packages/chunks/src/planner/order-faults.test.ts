import { expect, test } from 'vitest'
import type { LiveModule } from '../live-graph.ts'
import { findStandard } from './default-partition.ts'
import { makeOrderCheck } from './order-faults.ts'
import { partitionBy } from './partition.ts'
import { findReach } from './reach.ts'
import { graphFrom } from './testing-graph.ts'

type Kind = LiveModule['kind']

/** `first` shares a chunk with what imports `second`, which therefore runs before it. */
function faultsOf(first: Kind, second: Kind): string[][] {
  const graph = graphFrom(
    { main: ['first', 'second', 'third'], first: [], second: [], third: ['second'] },
    { first: { effects: true, kind: first }, second: { effects: true, kind: second } },
  )
  const keys = graph.modules.map(({ key }) => key)
  const find = makeOrderCheck(graph, findReach(graph), findStandard(graph))
  const ours = partitionBy(keys.length, (module) => (keys[module] === 'third' ? 'first' : keys[module]))
  return find(ours).map(({ ranFirst, ranSecond }) => [keys[ranFirst]!, keys[ranSecond]!])
}

test.each<Kind>(['js', 'css'])('reports two modules of kind %s that run in another order', (kind) => {
  expect(faultsOf(kind, kind)).toEqual([['second', 'first']])
})

test('says nothing of a script and a stylesheet, which do not notice each other', () => {
  expect(faultsOf('css', 'js')).toEqual([])
  expect(faultsOf('js', 'css')).toEqual([])
})

test('CommonJS runs with who requires it, wherever it lies', () => {
  const { modules, ...rest } = graphFrom(
    { main: ['setup', 'second'], setup: [], second: [] },
    { main: { effects: true }, second: { effects: true } },
  )
  const keys = modules.map(({ key }) => key)
  const setup = keys.indexOf('setup')
  const graph = {
    ...rest,
    modules: modules.map((module) => (module.imports.includes(setup) ? { ...module, requires: [setup] } : module)),
  }
  const find = makeOrderCheck(graph, findReach(graph), findStandard(graph))
  const faultsIn = (chunkOf: Readonly<Record<string, string>>): string[][] =>
    find(partitionBy(keys.length, (module) => chunkOf[keys[module]!])).map(({ ranFirst, ranSecond }) => [
      keys[ranFirst]!,
      keys[ranSecond]!,
    ])
  expect(faultsIn({ main: 'main', setup: 'setup', second: 'second' })).toContainEqual(['second', 'main'])
  expect(faultsIn({ main: 'main', setup: 'setup', second: 'main' })).toEqual([])
})
