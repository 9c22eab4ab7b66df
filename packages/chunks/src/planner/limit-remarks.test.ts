import { describe, expect, it } from 'vitest'
import { planChunks } from './plan-chunks.ts'
import type { PlanSettings } from './settings.ts'
import { graphFrom } from './testing-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const PAGES = ['p', 'q', 'r', 's']
const parts = PAGES.map((page) => `without-${page}`)

/** Every page shares parts with others, each with other ones: chunks are for bytes only. */
const shared = graphFrom({
  main: PAGES.map((page) => `*${page}`),
  ...Object.fromEntries(PAGES.map((page) => [page, parts.filter((part) => part !== `without-${page}`)])),
  ...Object.fromEntries(parts.map((part) => [part, []])),
})

const remarksOn = (graph: ReturnType<typeof graphFrom>, options: Partial<PlanSettings>): readonly string[] =>
  planChunks(graph, { ...PLAN_SETTINGS, stable: true, mapped: true, ...options }).remarks

describe('planChunks', () => {
  it('says that fewer chunks would be bigger loads, when nothing else is in the way', () => {
    expect(remarksOn(shared, { maxRouteRequests: 3 })).toEqual(
      PAGES.map(
        (page) =>
          `\`${page}\` needs 5 chunks, 3 are allowed: fewer would make first loads bigger, with code that their pages do not need.`,
      ),
    )
    expect(remarksOn(shared, { maxRouteRequests: 5 })).toEqual([])
  })

  it('says that a module would run before its import()', () => {
    const graph = graphFrom({ main: ['*page'], page: [] })
    expect(remarksOn(graph, { maxRouteRequests: 1 })).toEqual([
      '`page` needs 2 chunks, 1 are allowed: fewer would run a module before its import().',
    ])
  })

  it('says that a group is in the way, also of what an entry needs', () => {
    const graph = graphFrom({ main: ['one', 'two', '*page'], one: [], two: [], page: [] })
    const groups = ['one', 'two'].map((name) => ({ name, matches: ({ key }: { key: string }) => key === name }))
    const needs = 'needs 3 chunks, 2 are allowed: fewer would change a group.'
    expect(remarksOn(graph, { groups, maxInitialRequests: 2 })).toContain(`\`main\` ${needs}`)
  })

  it('says which chunks are smaller than they should be and why, when somebody asked for bigger ones', () => {
    expect(remarksOn(shared, { minChunkSize: 50_000 })).toEqual([
      '8 of 9 chunks are smaller than 50 kB: joining them would make first loads bigger, with code that their pages do not need.',
    ])
    expect(remarksOn(shared, {})).toEqual([])
  })
})
