import type { Beacon } from '@paceline/kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { bucketOf } from '../sketch/buckets.ts'
import type { CellGroup, Delivery, Filter, GroupBy, Store } from '../store/store.ts'
import { beacon, pageId, traffic } from './beacons.ts'
import { distinct, lastWords, lossOf } from './naive-figures.ts'

/** A day of which the hours are known. */
export const NOON: number = Date.UTC(2026, 10, 20, 12)
const ALL: Filter = { from: NOON - 86_400_000, to: NOON + 86_400_000 }

export function deliver(beacons: Beacon | readonly Beacon[], changes: Partial<Delivery> = {}): Delivery {
  return { body: Buffer.from(JSON.stringify(beacons)), at: NOON, country: '', bot: false, ...changes }
}

/** Opens an empty store that goes away with the test or the suite. */
export type OpenStore = () => Promise<Store>

const bucketsOf = (groups: readonly CellGroup[]): unknown =>
  groups.map(({ key, cell }) => [
    key,
    { ...cell, vitals: undefined },
    [...cell.vitals]
      .toSorted()
      .map(([name, tally]) => [name, { ...tally, buckets: [...tally.buckets].toSorted(([a], [b]) => a - b) }]),
  ])

/** All figures of a store, in an order of their own: two stores with the same beacons are equal in all of it. */
export async function allFigures(store: Store, filter: Filter): Promise<unknown> {
  return [
    bucketsOf(await store.cells(filter, 'none')),
    bucketsOf(await store.cells(filter, 'release')),
    bucketsOf(await store.cells(filter, 'route')),
    bucketsOf(await store.cells(filter, 'release-route')),
    bucketsOf(await store.cells(filter, 'nav')),
    bucketsOf(await store.cells(filter, 'hour')),
    bucketsOf(await store.cells({ ...filter, nav: 'navigate', device: 'mobile' }, 'day')),
    (await store.operations(filter)).map(({ tally, ...rest }) => ({
      ...rest,
      ...tally,
      buckets: [...tally.buckets].toSorted(([a], [b]) => a - b),
    })),
    (await store.culprits(filter)).map(({ ms, ...rest }) => ({ ...rest, ms: Math.round(ms) })),
    await store.objectives(filter),
  ]
}

/** What every store holds to. */
export function describeStore(name: string, open: OpenStore): void {
  describe(`the ${name} store`, () => {
    it('counts what a page stands for that was chosen to report, and takes it back when the page speaks again', async () => {
      const store = await open()
      const { metrics: _none, ...page } = beacon({ sampleRate: 0.25 })
      const operations = [{ name: 'save', kind: 'operation', ms: 5, ok: true }] as const
      const said: Beacon[] = [
        { ...page, type: 'opened', seq: 0 },
        { ...page, seq: 1, operations, operationsTotal: 10 },
        { ...page, seq: 2, operations, operationsTotal: 12 },
        { ...page, page: pageId(2), sampleRate: 1e-300 },
        { ...page, page: pageId(3), sampleRate: 1 },
      ]
      for (const one of said) await store.append([deliver(one)])
      await store.settle()
      const [group] = await store.cells(ALL, 'none')
      // Three besides the first; of the second ten thousand are believed. 12 operations on four pages, one of them listed.
      expect(group!.cell).toMatchObject({ pages: 3, unsampled: 3000 + 9_999_000, unlisted: 47_000 })
    })

    it('goes on counting when somebody has sent numbers beyond all bounds', async () => {
      const store = await open()
      const bytes = { network: 2 ** 44, http: 0, serviceWorker: 0 }
      const pages = (from: number, changes: object): Beacon[] =>
        Array.from({ length: 100 }, (_, index) => beacon({ page: pageId(from + index), ...changes }))
      for (let batch = 0; batch < 6; batch++) await store.append([deliver(pages(batch * 100, { bytes }))])
      await store.append([deliver(pages(600, {}))])
      await store.settle()
      const [group] = await store.cells(ALL, 'none')
      expect(group!.cell.pages).toBe(700)
      expect(group!.cell.vitals.get('lcp')!.n).toBe(700)
      expect((await store.statistics()).overflow).toBe(0)
    })

    describe('with the beacons of many pages', () => {
      const beacons = traffic(3000, 5, ['0123456789ab', 'ba9876543210'])
      let store: Store
      beforeAll(async () => {
        store = await open()
        for (let from = 0; from < beacons.length; from += 170) {
          const some = beacons.slice(from, from + 170)
          const at = NOON + from * 2000
          await store.append([deliver(some.slice(0, 80), { at }), ...some.slice(80).map((one) => deliver(one, { at }))])
        }
        await store.settle()
        const routes = ['/', '/a', '/b', '/c', '/d'].map((id) => ({ id }))
        await store.putRelease({ release: 'ba9876543210', at: NOON, routes, content: '{}' })
      })

      it('counts pages, beacons and losses as a plain count of the last words does', async () => {
        const [group] = await store.cells(ALL, 'none')
        const { opened, lost } = lossOf(beacons)
        expect(group?.cell).toMatchObject({ pages: lastWords(beacons).length, beacons: distinct(beacons), opened })
        expect(opened - group!.cell.reported).toBe(lost)
      })

      it('counts every vital of every last word, in its bucket and against its limit', async () => {
        const filter = { ...ALL, nav: 'navigate', release: '0123456789ab' }
        const [group] = await store.cells(filter, 'none')
        const values = lastWords(beacons)
          .filter(({ nav, release }) => nav === 'navigate' && release === '0123456789ab')
          .flatMap(({ metrics }) => metrics?.lcp ?? [])
        const buckets = new Map<number, number>()
        for (const value of values) buckets.set(bucketOf(value), (buckets.get(bucketOf(value)) ?? 0) + 1)
        const tally = group!.cell.vitals.get('lcp')!
        expect(new Map(tally.buckets)).toEqual(buckets)
        expect(tally).toMatchObject({
          n: values.length,
          good: values.filter((value) => value <= 2500).length,
          poor: values.filter((value) => value > 4000).length,
          judged: values.length,
          within: values.filter((value) => value <= 2500).length,
        })
      })

      it('counts operations by name, failed ones too', async () => {
        const operations = lastWords(beacons).flatMap(({ operations = [] }) => operations)
        const exports = operations.filter(({ name, kind }) => name === 'export' && kind === 'api')
        const group = (await store.operations(ALL)).find(({ name, kind }) => name === 'export' && kind === 'api')
        expect(group?.tally).toMatchObject({
          n: exports.length,
          good: exports.filter(({ ok }) => ok).length,
          within: exports.filter(({ ok, ms }) => ok && ms <= 5000).length,
        })
      })

      it('says where time was lost, and what broke the objectives', async () => {
        const culprits = lastWords(beacons).flatMap(({ culprits = [], release }) =>
          culprits.map((one) => ({ ...one, release })),
        )
        const found = await store.culprits(ALL)
        expect(found.reduce((sum, { n }) => sum + n, 0)).toBe(culprits.length)
        expect(found[0]!.ms).toBeGreaterThanOrEqual(found.at(-1)!.ms)
        const objective = (await store.objectives(ALL)).find(({ name }) => name === 'lcp')
        const values = lastWords(beacons).flatMap(({ metrics }) => metrics?.lcp ?? [])
        expect(objective).toEqual({ name: 'lcp', n: values.length, bad: values.filter((value) => value > 2500).length })
      })

      it('adds up: each dimension to the whole, hours to days', async () => {
        const [whole] = await store.cells(ALL, 'none')
        for (const groupBy of ['release', 'route', 'release-route', 'nav', 'device', 'hour', 'day'] as const) {
          const groups = await store.cells(ALL, groupBy)
          expect(groups.reduce((sum, { cell }) => sum + cell.pages, 0)).toBe(whole!.cell.pages)
          expect(groups.length).toBeGreaterThan(1 - (groupBy === 'day' ? 1 : 0))
        }
      })

      it('counts the pages of each route of each release', async () => {
        const groups = await store.cells({ ...ALL, nav: 'navigate' }, 'release-route')
        const pages = lastWords(beacons).filter(({ nav }) => nav === 'navigate')
        const counted = Object.groupBy(pages, ({ release, route }) => `${release} ${route}`)
        expect(Object.fromEntries(groups.map(({ key, cell }) => [key, cell.pages]))).toEqual(
          Object.fromEntries(Object.entries(counted).map(([key, own]) => [key, own!.length])),
        )
      })

      it('knows what can be asked for', async () => {
        const { releases, routes, navs, devices } = await store.dimensions()
        expect(releases.map(({ release }) => release).toSorted()).toEqual(['0123456789ab', 'ba9876543210'])
        const named = ['/', '/a', '/b', '/c', '/d'].map((id) => ({ id, name: id }))
        expect(routes).toEqual([...named, { name: 'unknown' }])
        expect(navs).toContain('soft-navigation')
        expect(devices).toHaveLength(3)
      })
    })

    it('is ready, and to ask whether it is changes no figure', async () => {
      const store = await open()
      expect(await store.check()).toBeUndefined()
      await store.append([deliver(traffic(50, 4))])
      await store.settle()
      const before = await allFigures(store, ALL)
      for (let time = 0; time < 3; time++) expect(await store.check()).toBeUndefined()
      await store.settle()
      expect(await allFigures(store, ALL)).toEqual(before)
    })

    it('gives the same figures whatever the order, and however often beacons arrive', async () => {
      const beacons = traffic(400, 8)
      const figures: unknown[] = []
      for (const order of [beacons, beacons.toReversed(), [...beacons, ...beacons]]) {
        const store = await open()
        await store.append([deliver(order.slice(0, 100)), ...order.slice(100).map((one) => deliver(one))])
        await store.settle()
        figures.push(await allFigures(store, ALL))
      }
      expect(figures[1]).toEqual(figures[0])
      expect(figures[2]).toEqual(figures[0])
    })

    it('moves a page that says later what route it is', async () => {
      const store = await open()
      const own = { ...ALL, release: '0123456789ab' }
      await store.append([deliver(beacon({ type: 'opened', seq: 0, route: -1 }))])
      await store.settle()
      await store.append([deliver(beacon({ seq: 1, route: 3 }), { at: NOON + 3_600_000 })])
      await store.settle()
      expect(await store.cells({ ...own, route: -1 }, 'none').then((groups) => groups[0]?.cell.pages ?? 0)).toBe(0)
      const groups = await store.cells({ ...own, route: 3 }, 'hour')
      const filled = groups.filter(({ cell }) => cell.pages > 0)
      expect(filled).toHaveLength(1)
      expect(filled[0]).toMatchObject({ key: `${NOON}`, cell: { pages: 1, beacons: 2, opened: 1, reported: 1 } })
    })

    it('refuses what is malformed, keeps what is not, and leaves programs out', async () => {
      const store = await open()
      const receipt = await store.append([
        deliver(beacon({ page: pageId(1) })),
        { ...deliver([]), body: Buffer.from('{"v":1') },
        deliver([beacon({ page: pageId(2) }), { ...beacon(), nav: 'x' as never }]),
        deliver(
          beacon({ page: pageId(3), operations: [{ name: `'; DROP TABLE cells; --`, kind: 'api', ms: 5, ok: true }] }),
        ),
        deliver(beacon({ page: pageId(4) }), { bot: true }),
      ])
      expect(receipt).toEqual({
        verdicts: ['stored', 'invalid', 'invalid', 'stored', 'stored'],
        beacons: 3,
        problems: { 'not JSON': 1, nav: 1 },
      })
      await store.settle()
      expect((await store.cells(ALL, 'none'))[0]?.cell.pages).toBe(2)
      expect((await store.cells({ ...ALL, bots: true }, 'none'))[0]?.cell.pages).toBe(3)
      expect((await store.operations(ALL)).map(({ name }) => name)).toEqual([`'; DROP TABLE cells; --`])
    })

    it('keeps releases, and puts routes and releases that are not theirs into one bucket', async () => {
      const store = await open()
      const release = {
        release: '0123456789ab',
        at: NOON,
        routes: [{ id: '/' }, { id: '/notes' }],
        content: '{"a":"<b>"}',
      }
      await store.putRelease(release)
      expect(await store.release('0123456789ab')).toEqual(release)
      expect(await store.release('ffffffffffff')).toBeUndefined()
      await store.append([
        deliver(beacon({ page: pageId(1), route: 1 })),
        deliver(beacon({ page: pageId(2), route: 7 })),
        deliver(beacon({ page: pageId(3), release: 'ffffffffffff', route: 1 })),
      ])
      await store.settle()
      const groups = await store.cells(ALL, 'release')
      expect(groups.map(({ key, cell }) => [key, cell.pages])).toEqual([
        ['0123456789ab', 2],
        ['other', 1],
      ])
      const routes = await store.cells(ALL, 'route')
      expect(routes.map(({ key, cell }) => [key, cell.pages])).toEqual([
        ['/notes', 1],
        ['unknown', 2],
      ])
    })

    it('knows a route by its name in all releases, whatever its number in each', async () => {
      const store = await open()
      const [old, young, bare] = ['0123456789ab', 'ba9876543210', 'cccccccccccc']
      // Seen before the others were pushed, it stays a release of its own.
      await store.append([deliver(beacon({ page: pageId(99), release: bare, route: 1, metrics: { lcp: 9000 } }))])
      await store.settle()
      const put = (release: string, at: number, names: readonly string[]): Promise<void> =>
        store.putRelease({ release, at, routes: names.map((path) => ({ id: `src${path}`, path })), content: '{}' })
      await put(old, NOON, ['/', '/notes', '/gone'])
      await put(young, NOON + 1, ['/', '/inserted', '/notes'])
      // The metric says where a page was.
      const planted = [
        [old, 0, 1000],
        [old, 1, 2000],
        [old, 2, 3000],
        [young, 0, 1000],
        [young, 1, 4000],
        [young, 2, 2000],
        [young, -1, 9000],
      ] as const
      const pages = planted.map(([release, route, lcp], index) => {
        const operations = [{ name: `${lcp}`, kind: 'operation', ms: 10, ok: true }] as const
        const culprits = [{ metric: 'inp', file: 'a.js', char: lcp, ms: 10 }]
        return beacon({ page: pageId(index + 1), release, route, metrics: { lcp }, operations, culprits })
      })
      await store.append(pages.map((one) => deliver(one)))
      await store.settle()
      const found = async (groupBy: GroupBy, changes: Partial<Filter>): Promise<unknown> =>
        (await store.cells({ ...ALL, ...changes }, groupBy)).flatMap(({ key, cell }) => {
          const buckets = [...(cell.vitals.get('lcp')?.buckets ?? [])].toSorted(([a], [b]) => a - b)
          return cell.pages === 0 ? [] : [[key, ...buckets]]
        })
      const all = [
        ['/', [bucketOf(1000), 2]],
        ['/gone', [bucketOf(3000), 1]],
        ['/inserted', [bucketOf(4000), 1]],
        ['/notes', [bucketOf(2000), 2]],
        ['unknown', [bucketOf(9000), 2]],
      ] as const
      for (const other of [{}, { device: 'desktop' }]) {
        expect(await found('route', other)).toEqual(all)
        for (const [route, own] of all) expect(await found('none', { ...other, route })).toEqual([['', own]])
        expect(await found('release', { ...other, route: '/notes' })).toEqual([
          [old, [bucketOf(2000), 1]],
          [young, [bucketOf(2000), 1]],
        ])
        expect(await found('none', { ...other, route: '/inserted', release: old })).toEqual([])
        expect(await found('none', { ...other, route: 1, release: young })).toEqual([['', [bucketOf(4000), 1]]])
        expect(await found('none', { ...other, route: 'unknown', release: young })).toEqual([['', [bucketOf(9000), 1]]])
        const filter = { ...ALL, ...other, route: '/notes' }
        expect((await store.operations(filter)).map(({ name, tally }) => [name, tally.n])).toEqual([['2000', 2]])
        expect((await store.culprits(filter)).map(({ release, char }) => [release, char])).toEqual([
          [old, 2000],
          [young, 2000],
        ])
        expect(await store.objectives(filter)).toContainEqual({ name: 'lcp', n: 2, bad: 0 })
        expect(await store.objectives({ ...filter, route: '/gone' })).toContainEqual({ name: 'lcp', n: 1, bad: 1 })
      }
      await expect((async () => store.cells({ ...ALL, route: 1 }, 'none'))()).rejects.toThrow('release')
      expect((await store.dimensions()).routes).toEqual([
        ...['/', '/gone', '/inserted', '/notes'].map((name) => ({ name, id: `src${name}` })),
        { name: 'unknown' },
      ])
    })
  })
}
