import { describe, expect, it } from 'vitest'
import type { ChunkPlan, PlannedChunk } from '../plan.ts'
import { evaluatePlan } from './evaluate-plan.ts'
import { overheadOf } from './overhead.ts'
import { planChunks } from './plan-chunks.ts'
import type { PlanSettings } from './settings.ts'
import { graphFrom } from './testing-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const SETTINGS: PlanSettings = { ...PLAN_SETTINGS, returning: 0 }

function planOf(chunks: Record<string, string[]>): ChunkPlan {
  return {
    chunks: Object.entries(chunks).map(([name, modules]): PlannedChunk => ({
      name,
      modules,
      kind: 'planned',
      imports: [],
    })),
  }
}

describe('evaluatePlan', () => {
  const graph = graphFrom({ main: ['shared', '*page'], page: ['own'], shared: [], own: [] })

  it('counts the bytes of a page, what it does not need, and what one file of it would be', () => {
    const plan = planOf({ first: ['main', 'shared'], second: ['page', 'own'] })
    const { routes } = evaluatePlan(graph, plan, SETTINGS)
    const two = 12_000 + 2 * overheadOf(6000) - overheadOf(12_000)
    expect(routes).toEqual([
      { id: 'main', bytes: 6000, requests: 1, waste: 0, bound: 6000 },
      { id: 'page', bytes: two, requests: 2, waste: 0, bound: 12_000 },
    ])
  })

  it('shows waste where a chunk has more than a scenario needs', () => {
    const { routes } = evaluatePlan(graph, planOf({ all: ['main', 'shared', 'page', 'own'] }), SETTINGS)
    expect(routes.map(({ waste }) => waste)).toEqual([6000, 0])
  })

  it('puts modules that the plan does not know where the bundler would', () => {
    const { routes } = evaluatePlan(graph, planOf({ second: ['page'] }), SETTINGS)
    expect(routes.map(({ requests }) => requests)).toEqual([1, 3])
  })
})

describe("the strategy 'vendor'", () => {
  it('has one chunk of the packages of the first load, and leaves those of pages with the pages', () => {
    const graph = graphFrom({
      'main.ts': ['react/lib.js', 'zod/lib.js', '*page.ts'],
      'page.ts': ['charts/lib.js', 'react/lib.js'],
      'react/lib.js': [],
      'zod/lib.js': [],
      'charts/lib.js': [],
    })
    const { plan } = planChunks(graph, { ...SETTINGS, strategy: 'vendor' })
    const vendor = plan.chunks.find(({ name }) => name === 'vendor')
    expect(vendor?.modules).toEqual(['react/lib.js', 'zod/lib.js'])
    expect(plan.chunks.find(({ modules }) => modules.includes('page.ts'))?.modules).toEqual([
      'charts/lib.js',
      'page.ts',
    ])
  })
})

describe('names', () => {
  it('are those of pages, of packages, and of directories, and nobody has another’s', () => {
    const graph = graphFrom({
      'src/main.tsx': ['*src/pages/dashboard/index.tsx', '*src/pages/Users.tsx', '*src/admin/Users.tsx'],
      'src/pages/dashboard/index.tsx': ['@acme/charts/lib.js', 'src/components/ui/button.tsx'],
      'src/pages/Users.tsx': ['src/components/ui/button.tsx', '@acme/charts/lib.js', 'src/components/ui/table.tsx'],
      'src/admin/Users.tsx': ['src/components/ui/table.tsx'],
      'src/components/ui/button.tsx': [],
      'src/components/ui/table.tsx': [],
      '@acme/charts/lib.js': [],
    })
    const { plan } = planChunks(graph, SETTINGS)
    const names = Object.fromEntries(plan.chunks.flatMap(({ name, modules }) => modules.map((key) => [key, name])))
    expect(names).toMatchObject({
      'src/main.tsx': 'main',
      'src/pages/dashboard/index.tsx': 'dashboard-index',
      'src/components/ui/table.tsx': 'ui',
    })
    expect([names['src/pages/Users.tsx'], names['src/admin/Users.tsx']].sort()).toEqual(['users', 'users-2'])
  })
})
