import { expect, test } from 'vitest'
import { findStandard } from './default-partition.ts'
import { makeOrderCheck } from './order-faults.ts'
import { planChunks } from './plan-chunks.ts'
import { partitionBy } from './partition.ts'
import { findReach } from './reach.ts'
import { graphFrom } from './testing-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const CSS = { kind: 'css', effects: true } as const

/** Two pages, each with CSS of its own behind that of a package. */
function pagesWith(shared: readonly string[]): ReturnType<typeof graphFrom> {
  const imports = {
    main: ['*a', '*b', '*c'],
    a: [...shared, 'a.css'],
    b: [...shared, 'b.css'],
    c: [],
    'kit/lib.css': [],
    button: [],
    'a.css': [],
    'b.css': [],
  }
  const size = { raw: 200_000, brotli: 60_000 }
  return graphFrom(imports, { 'kit/lib.css': { ...CSS, size }, button: { size }, 'a.css': CSS, 'b.css': CSS })
}

/** The package's CSS alone in a chunk, all else as it lies in the default's. */
function faultsAlone(graph: ReturnType<typeof graphFrom>): string[] {
  const standard = findStandard(graph)
  const keyOf = (module: number): string => graph.modules[module]!.key
  const ours = partitionBy(graph.modules.length, (module) =>
    keyOf(module) === 'kit/lib.css' ? 'kit' : standard.partition.chunkOf[module],
  )
  const faults = makeOrderCheck(graph, findReach(graph), standard)(ours)
  return faults.map(({ ranFirst, ranSecond, alone }) => `${keyOf(ranFirst)} ${keyOf(ranSecond)} ${alone}`)
}

test('a chunk of stylesheets comes behind those of its importers, which is a fault where the default has scripts in it', () => {
  expect(faultsAlone(pagesWith(['kit/lib.css', 'button']))).toEqual([
    'a.css kit/lib.css true',
    'b.css kit/lib.css true',
  ])
})

test('it is no fault where the default has the stylesheets alone, too', () => {
  expect(faultsAlone(pagesWith(['kit/lib.css']))).toEqual([])
})

test('no plan leaves stylesheets alone behind those that overrule them', () => {
  const ceilings = new Map(['main', 'a', 'b', 'c'].map((id) => [id, { bytes: 1e6, requests: 20 }]))
  const { plan } = planChunks(pagesWith(['kit/lib.css', 'button']), { ...PLAN_SETTINGS, ceilings })
  const chunk = plan.chunks.find(({ modules }) => modules.includes('kit/lib.css'))
  expect(chunk?.modules).toContain('button')
})

test('a group of stylesheets is refused by name when it would come behind those that overrule it', () => {
  const groups = [{ name: 'kit', matches: ({ key }: { key: string }) => key === 'kit/lib.css' }]
  const plan = (shared: readonly string[]): unknown => planChunks(pagesWith(shared), { ...PLAN_SETTINGS, groups })
  expect(() => plan(['kit/lib.css', 'button'])).toThrow(
    expect.objectContaining({
      code: 'PACELINE_GROUP_ONLY_STYLES',
      message: expect.stringContaining('`a.css` before `kit/lib.css`') as string,
    }),
  )
  expect(() => plan(['kit/lib.css'])).not.toThrow()
})
