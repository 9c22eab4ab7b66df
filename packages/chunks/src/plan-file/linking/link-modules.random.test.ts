import { loadVite, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { analyseLiveGraph } from '../../analysis/analyse-live-graph.ts'
import { randomBarrels } from '../testing/random-barrels.ts'
import { closureOf } from '../testing/sources.ts'

const RUNS = Number(process.env['PACELINE_RANDOM_RUNS'] ?? 20)
const seeds = Array.from({ length: RUNS }, (_, seed) => seed)
const PLACED = /^(?:src|lib)\//

describe.each(viteVersions)('linkModules() on Vite %d', (vite) => {
  test.each(seeds)(
    'finds every import of random barrels %d that the bundler finds, and where names tell, no other',
    async (seed) => {
      const { files, isExact } = randomBarrels(seed)
      const root = await writeFixture(files)
      const { graph, modules } = await analyseLiveGraph({
        vite: await loadVite(vite),
        config: { root, configFile: false },
      })
      const keyOf = new Map(modules.map(({ id, key }) => [id, key]))
      const linked = new Map(
        modules.map(({ key, imports }) => [
          key,
          imports.flatMap((id) => keyOf.get(id) ?? []).filter((to) => PLACED.test(to)),
        ]),
      )
      const isEmpty = new Set(
        modules.flatMap(({ key }) => (graph.modules.some((live) => live.key === key) ? [] : [key])),
      )
      for (const { key, imports } of graph.modules) {
        if (!PLACED.test(key)) continue
        const live = imports.map((to) => graph.modules[to]!.key).filter((to) => PLACED.test(to))
        const found = linked.get(key)!
        const all = [...closureOf(found, (to) => linked.get(to) ?? [])]
        for (const to of live) expect(all, `${key} → ${to}`).toContain(to)
        // Modules that are left without a line of code are in nobody's way.
        const passed = closureOf(found, (to) => (isEmpty.has(to) ? linked.get(to)! : []))
        if (isExact) expect([...passed].filter((to) => !isEmpty.has(to)).sort()).toEqual(live.toSorted())
      }
    },
  )
})
