import { expect, test } from 'vitest'
import { partitionOf } from './evaluate-plan.ts'
import { importsBetween, loadedWith } from './partition.ts'
import { planChunks } from './plan-chunks.ts'
import { graphFrom, type ModuleDetails } from './testing-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const PAGES = ['a', 'b', 'c', 'd', 'e']

/** Whether the page that has no use for `socket` loads it. */
function loadsSocket(details: ModuleDetails): boolean {
  const pages = PAGES.map((page): [string, string[]] => [page, ['big', 'socket']])
  const graph = graphFrom(
    { main: [...PAGES, 'f'].map((page) => `*${page}`), ...Object.fromEntries(pages), f: ['big'], big: [], socket: [] },
    { big: { size: { raw: 90_000, brotli: 40_000 } }, socket: { size: { raw: 60, brotli: 20 }, ...details } },
  )
  const { plan } = planChunks(graph, { ...PLAN_SETTINGS, stable: true })
  const partition = partitionOf(graph, plan)
  const chunkOf = (key: string): number => partition.chunkOf[graph.modules.findIndex((module) => module.key === key)]!
  return loadedWith(importsBetween(graph, partition), [chunkOf('f')]).has(chunkOf('socket'))
}

test('a page may load a little that only others need', () => {
  expect(loadsSocket({})).toBe(true)
})

test('no page loads what starts something that only others need', () => {
  expect(loadsSocket({ starts: true })).toBe(false)
})
