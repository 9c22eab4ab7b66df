import { describe, expect, test } from 'vitest'
import type { LiveGraph } from '../live-graph.ts'
import { planChunks } from './plan-chunks.ts'
import { graphFrom } from './testing-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const LOUD = { effects: true }

function vendorOf(graph: LiveGraph): readonly string[] | undefined {
  const { plan } = planChunks(graph, { ...PLAN_SETTINGS, strategy: 'vendor' })
  return plan.chunks.find(({ name }) => name === 'vendor')?.modules
}

describe('the chunk of packages', () => {
  const imports = {
    main: ['setup', 'client/lib', '*page'],
    setup: ['config'],
    config: [],
    'client/lib': [],
    page: ['client/lib'],
  }

  test('takes along what has to run before a package, and what that imports', () => {
    const loud = { setup: LOUD, 'client/lib': LOUD }
    expect(vendorOf(graphFrom(imports, loud))).toEqual(['client/lib', 'config', 'setup'])
  })

  test.each(['setup', 'client/lib'])('has packages alone when nobody but `%s` is noticed', (name) => {
    expect(vendorOf(graphFrom(imports, { [name]: LOUD }))).toEqual(['client/lib'])
  })

  test('leaves out what runs after the packages', () => {
    const graph = graphFrom(
      { main: ['client/lib', 'setup'], setup: [], 'client/lib': [] },
      { setup: LOUD, 'client/lib': LOUD },
    )
    expect(vendorOf(graph)).toEqual(['client/lib'])
  })

  test('is refused, with both chains, when one of two pages must not run what another runs before its packages', () => {
    const pages = {
      one: ['setup', 'app'],
      two: ['other/lib'],
      setup: [],
      app: ['client/lib'],
      'client/lib': [],
      'other/lib': [],
    }
    const graph = graphFrom(pages, { setup: LOUD, 'client/lib': LOUD }, 2)
    expect(() => vendorOf(graph)).toThrow(
      "`chunks.strategy` 'vendor' would run `client/lib` before `setup`, which the source runs first; received\n  one → setup\n  one → app → client/lib\nSet `chunks.strategy` to 'planned', which divides the packages.",
    )
    expect(vendorOf(graphFrom(pages, { setup: LOUD }, 2))).toEqual(['client/lib', 'other/lib'])
  })
})
