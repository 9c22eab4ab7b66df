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
