import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { MAX_BEACON_BYTES } from '@paceline/kit'
import type { Beacon } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import type { Stats } from './stats/stats.ts'
import { beacon, pageId, traffic } from './testing/beacons.ts'
import { lastWords, lossOf } from './testing/naive-figures.ts'
import { runCollector } from './testing/run-collector.ts'

const API = '/__paceline/api'
const NOW = Date.UTC(2026, 10, 20, 12)

/** What is pushed of a release with these routes. */
function releaseOf(release: string, names: readonly string[]): object {
  const routes = names.map((path) => ({ id: path, path, module: 'src/page.tsx', files: [], brotli: 1 }))
  return { schemaVersion: 1, release, routes, chunks: [], owners: {} }
}

describe('the intake', () => {
  it('answers 204 when a beacon is in the raw log, and counts it in the figures', async () => {
    const { post, json, collector, dir } = await runCollector()
    expect((await post(beacon())).status).toBe(204)
    expect((await readdir(dir)).some((name) => /^raw-.*\.db$/.test(name))).toBe(true)
    expect((await post([beacon({ page: pageId(2) }), beacon({ page: pageId(3) })])).status).toBe(204)
    await collector.settle()
    expect(await json<Stats>(`${API}/performance/stats`)).toMatchObject({
      pages: 3,
      metrics: { lcp: { n: 3, good: 3 } },
    })
  })

  it.each([
    ['JSON that ends too early', '{', {}, 400],
    ['an empty list', '[]', {}, 400],
    ['a form', JSON.stringify(beacon()), { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['a compressed body', gzipSync(JSON.stringify(beacon())), { 'content-encoding': 'gzip' }, 400],
    ['a body of more than may be sent', ' '.repeat(MAX_BEACON_BYTES + 1), {}, 413],
  ])('refuses what is no beacon: %s', async (_title, body, headers, status) => {
    const { post } = await runCollector()
    expect((await post(body, headers as Record<string, string>)).status).toBe(status)
    expect((await post(beacon())).status).toBe(204)
  })

  it('stops reading a body of unknown length at the limit', async () => {
    const { url } = await runCollector()
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(32)),
    })
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'text/plain' } } as RequestInit
    // Depending on who is faster, the answer is read or the connection is seen to end.
    const status = await fetch(`${url}/__paceline/beacon`, init).then(
      (response) => response.status,
      () => 413,
    )
    expect(status).toBe(413)
  })

  it('lets other methods go', async () => {
    const { get } = await runCollector()
    const response = await get('/__paceline/beacon')
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })

  it('tells a client that sends too much to wait, and others not', async () => {
    const { post } = await runCollector({ rateLimit: { burst: 2, perSecond: 0.5 }, trustProxy: true })
    const from = (address: string) => post(beacon(), { 'x-forwarded-for': `6.6.6.6, ${address}` })
    expect((await from('1.1.1.1')).status).toBe(204)
    expect((await from('1.1.1.1')).status).toBe(204)
    const refused = await from('1.1.1.1')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2'])
    expect((await from('2.2.2.2')).status).toBe(204)
  })

  it('allows other origins only when it is told to', async () => {
    const closed = await runCollector()
    const headers = { origin: 'https://app.example' }
    expect((await closed.post(beacon(), headers)).headers.get('access-control-allow-origin')).toBeNull()
    const open = await runCollector({ cors: ['https://app.example'] })
    expect((await open.post(beacon(), headers)).headers.get('access-control-allow-origin')).toBe('https://app.example')
    const other = await open.post(beacon(), { origin: 'https://evil.example' })
    expect(other.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('survives a client that never finishes and one that goes away', async () => {
    const { url, post } = await runCollector()
    const { port } = new URL(url)
    const head =
      'POST /__paceline/beacon HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 900\r\n\r\n{'
    const sockets = Array.from({ length: 50 }, () => connect(Number(port), '127.0.0.1'))
    for (const socket of sockets) socket.on('error', () => {}).write(head)
    expect((await post(beacon())).status).toBe(204)
    for (const socket of sockets) socket.destroy()
    expect((await post(beacon())).status).toBe(204)
  })

  it('keeps programs and countries apart', async () => {
    const { post, json, collector } = await runCollector({ countryHeader: 'CF-IPCountry' })
    await post(beacon({ page: pageId(1) }), { 'cf-ipcountry': 'DE' })
    await post(beacon({ page: pageId(2) }), { 'cf-ipcountry': '<script>' })
    await post(beacon({ page: pageId(3) }), { 'user-agent': 'Googlebot/2.1' })
    await collector.settle()
    expect(await json(`${API}/performance/stats`)).toMatchObject({ pages: 2, bots: 1 })
    expect(await json(`${API}/performance/stats?country=DE`)).toMatchObject({ pages: 1 })
  })
})

describe('the API', () => {
  it('says what a plain count of the same beacons says', async () => {
    const { post, json, collector } = await runCollector({ minSamples: 20 })
    const beacons = traffic(2000, 11)
    for (let from = 0; from < beacons.length; from += 100) await post(beacons.slice(from, from + 100))
    await collector.settle()
    const stats = await json<Stats>(`${API}/performance/stats?device=mobile`)
    const pages = lastWords(beacons).filter(({ nav, device }) => nav === 'navigate' && device === 'mobile')
    const loss = lossOf(beacons.filter(({ nav, device }) => nav === 'navigate' && device === 'mobile'))
    expect(stats).toMatchObject({ pages: pages.length, opened: loss.opened, filter: { nav: 'navigate' } })
    const values = pages.flatMap(({ metrics }) => metrics?.lcp ?? []).toSorted((a, b) => a - b)
    const kept = values.filter((value) => value <= 2500).length
    expect(stats.sla.find(({ name }) => name === 'lcp')).toMatchObject({
      n: values.length,
      within: kept,
      status: kept >= values.length * 0.75 ? 'holds' : 'broken',
    })
    const exact = values[Math.ceil(values.length * 0.75) - 1]!
    expect(Math.abs(stats.metrics['lcp']!.p75! - exact) / exact).toBeLessThan(0.011)
    const operations = pages.flatMap(({ operations = [] }) => operations)
    const done = operations.filter(({ ok, ms }) => ok && ms <= 5000).length
    expect(stats.sla.find(({ name }) => name === 'operations')).toMatchObject({ n: operations.length, within: done })
  })

  it('gives groups, slow operations and dimensions', async () => {
    const { post, json, collector } = await runCollector()
    for (const one of traffic(300, 2)) await post(one)
    await collector.settle()
    const groups = await json<{ key: string; pages: number }[]>(`${API}/performance/metrics?groupBy=device`)
    expect(groups.map(({ key }) => key)).toEqual(['desktop', 'mobile', 'tablet'])
    const slow = await json<{ operations: { name: string }[]; modules: { file: string }[] }>(`${API}/performance/slow`)
    expect(slow.operations.map(({ name }) => name)).toContain('export')
    expect(slow.modules[0]).toMatchObject({ file: 'index-a1.js', metric: 'inp' })
    expect(await json(`${API}/dimensions`)).toMatchObject({ routes: ['unknown'] })
  })

  it('gives every navigation type by itself', async () => {
    const { post, json, collector } = await runCollector({ minSamples: 1 })
    const navs = ['navigate', 'reload', 'back-forward-cache', 'soft-navigation'] as const
    let page = 0
    for (const [index, nav] of navs.entries())
      await post(
        Array.from({ length: 40 + index }, () =>
          beacon({ page: pageId(++page), nav, metrics: { lcp: 1000 * (index + 1) } }),
        ),
      )
    await collector.settle()
    type Groups = { key: string; pages: number; metrics: { lcp: { n: number; p50: number; p75: number } } }[]
    const expected = navs.map((nav, index) => [nav, 40 + index, 40 + index, 10 * (index + 1), 10 * (index + 1)])
    for (const query of ['groupBy=nav', 'groupBy=nav&nav=reload', 'groupBy=nav&device=desktop']) {
      const groups = await json<Groups>(`${API}/performance/metrics?${query}`)
      expect(
        groups.map(({ key, pages, metrics: { lcp } }) => [
          key,
          pages,
          lcp.n,
          Math.round(lcp.p50 / 100),
          Math.round(lcp.p75 / 100),
        ]),
      ).toEqual(expected.toSorted())
    }
    const routes = await json<Groups>(`${API}/performance/metrics?groupBy=route`)
    expect(routes.map(({ pages }) => pages)).toEqual([40])
  })

  it('says on which routes visits begin, by their names in whatever release', async () => {
    const { post, json, get, push, collector } = await runCollector()
    await push(releaseOf('0123456789ab', ['/', '/notes', '/old']))
    await push(releaseOf('ba9876543210', ['/notes', '/new', '/']))
    let page = 0
    const visit = async (changes: Partial<Beacon>, times = 1): Promise<void> => {
      for (let time = 0; time < times; time++) await post(beacon({ page: pageId(++page), ...changes }))
      await collector.settle()
    }
    await visit({ route: 1 }, 3)
    await visit({ route: 0, nav: 'prerender' })
    await visit({ route: 2 }, 2)
    for (const nav of ['reload', 'back-forward', 'back-forward-cache', 'restore', 'soft-navigation'] as const)
      await visit({ nav, route: 1 })
    const release = 'ba9876543210'
    await visit({ release, route: 0, sampleRate: 0.25 })
    await visit({ release, route: 2, device: 'mobile' })
    await visit({ release, route: -1 })
    await visit({ release: 'ffffffffffff', route: 0 })
    expect(await json(`${API}/performance/visits`)).toMatchObject({
      pages: 10,
      visits: 13,
      release,
      routes: [
        { name: '/notes', visits: 7 },
        { name: '/new', visits: 0 },
        { name: '/', visits: 2 },
      ],
      unnamed: 4,
    })
    expect(await json(`${API}/performance/visits?device=mobile`)).toMatchObject({ visits: 1, unnamed: 0 })
    expect((await get(`${API}/performance/visits?nav=reload`)).status).toBe(400)
    const { paths } = await json<{ paths: object }>(`${API}/openapi.json`)
    expect(paths).toHaveProperty(['/__paceline/api/performance/visits', 'get', 'summary'])
  })

  it('knows a route by its path, whatever its number in a release: in groups, filters, comparisons and /metrics', async () => {
    const sla = { routes: { '/notes': { lcp: 2100 } } }
    const { post, get, json, push, collector } = await runCollector({ minSamples: 1, sla })
    const [before, after] = ['0123456789ab', 'ba9876543210']
    expect(await push(releaseOf(before, ['/', '/notes', '/say "hi"\\n']))).toBe(200)
    expect(await push(releaseOf(after, ['/', '/inserted', '/notes', '/say "hi"\\n']))).toBe(200)
    let page = 0
    const visit = (release: string, route: number, lcp: number): Promise<unknown> =>
      post(Array.from({ length: 40 }, () => beacon({ page: pageId(++page), release, route, metrics: { lcp } })))
    await Promise.all([visit(before, 0, 1000), visit(before, 1, 2000), visit(before, 2, 3000)])
    await Promise.all([visit(after, 0, 1000), visit(after, 1, 8000), visit(after, 2, 2000), visit(after, 3, 3000)])
    await collector.settle()
    const p75 = (value: number) => ({ p75: expect.closeTo(value, -2) as number })
    const groups = await json<{ key: string; pages: number; sla: { target: number }[] }[]>(
      `${API}/performance/metrics?groupBy=route`,
    )
    expect(groups).toMatchObject([
      { key: '/', pages: 80, metrics: { lcp: p75(1000) } },
      { key: '/inserted', pages: 40, metrics: { lcp: p75(8000) } },
      { key: '/notes', pages: 80, metrics: { lcp: p75(2000) }, sla: [{ target: 2100 }] },
      { key: '/say "hi"\\n', pages: 80, metrics: { lcp: p75(3000) } },
    ])
    const stats = (query: string): Promise<Stats> => json(`${API}/performance/stats?${query}`)
    expect(await stats('route=/notes')).toMatchObject({ pages: 80, metrics: { lcp: p75(2000) } })
    expect((await stats('route=/notes')).sla[0]).toMatchObject({ name: 'lcp', target: 2100, within: 80 })
    for (const route of ['2', '/notes'])
      expect(await stats(`release=${after}&route=${route}`)).toMatchObject({ pages: 40, metrics: { lcp: p75(2000) } })
    const refused = await get(`${API}/performance/stats?route=1`)
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Name the path')])

    const compare = `${API}/releases/compare?before=${before}&after=${after}`
    expect(await json(`${compare}&route=/notes`)).toMatchObject({
      metrics: [{ name: 'lcp', before: { n: 40, ...p75(2000) }, after: { n: 40, ...p75(2000) } }],
    })
    expect((await get(`${compare}&route=2`)).status).toBe(400)
    expect(await json(`${API}/dimensions`)).toMatchObject({ routes: ['/', '/inserted', '/notes', '/say "hi"\\n'] })

    const text = await (await get('/metrics')).text()
    const counts = [...text.matchAll(/^paceline_lcp_milliseconds_count\{route="(.*)"\} (\d+)$/gm)]
    expect(counts.map(([, path, count]) => [path, count])).toEqual([
      ['/', '80'],
      ['/inserted', '40'],
      ['/notes', '80'],
      ['/say \\"hi\\"\\\\n', '80'],
    ])
    expect(text).toContain('paceline_lcp_milliseconds_bucket{route="/notes",le="2500"} 80')
  })

  it('names no route of visits before a release was pushed', async () => {
    const { post, json, collector } = await runCollector()
    await post(beacon())
    await collector.settle()
    expect(await json(`${API}/performance/visits`)).toMatchObject({ visits: 1, release: null, routes: [], unnamed: 1 })
  })

  it('refuses what is not in its description', async () => {
    const { get } = await runCollector()
    for (const query of [
      'release=DROP',
      'nav=all',
      'route=1.5',
      'route=1',
      'release=0123456789ab&route=-2',
      'extra=1',
      'from=-1',
      "device=mobile'--",
    ])
      expect((await get(`${API}/performance/stats?${query}`)).status).toBe(400)
    expect((await get(`${API}/nothing`)).status).toBe(404)
  })

  it('answers 304 where nothing changed, compressed, and says how long it took', async () => {
    const { get, json } = await runCollector()
    const first = await get(`${API}/openapi.json`, { 'accept-encoding': 'br' })
    expect(first.headers.get('content-encoding')).toBe('br')
    const stats = await get(`${API}/performance/stats`)
    expect(stats.headers.get('server-timing')).toMatch(/^answer;dur=[\d.]+;desc="store"$/)
    const again = await get(`${API}/performance/stats`, { 'if-none-match': stats.headers.get('etag')! })
    expect(again.status).toBe(304)
    expect(again.headers.get('server-timing')).toContain('desc="memory"')
    expect(await json(`${API}/cache/stats`)).toMatchObject({ hits: 1, misses: 1 })
  })

  it('clears its cache when it is asked to by this machine, and by no page of elsewhere', async () => {
    const { url } = await runCollector()
    const clear = (headers: Record<string, string>) =>
      fetch(`${url}${API}/cache/clear`, { method: 'POST', headers }).then(({ status }) => status)
    expect(await clear({})).toBe(200)
    expect(await clear({ origin: 'https://evil.example' })).toBe(403)
    expect(await clear({ 'x-forwarded-for': '1.2.3.4' })).toBe(403)
  })

  it('wants the token for all but beacons and health, and slows down who guesses', async () => {
    const token = 'a token of some length'
    const { get, post } = await runCollector({ token })
    expect((await post(beacon())).status).toBe(204)
    expect((await get('/health/live')).status).toBe(200)
    expect((await get('/health/ready')).status).toBe(200)
    for (const path of [`${API}/performance/stats`, '/metrics', `${API}/live`])
      expect((await get(path)).status).toBe(401)
    const right = { authorization: `Bearer ${token}` }
    expect((await get(`${API}/performance/stats`, right)).status).toBe(200)
    const guesses = await Promise.all(
      Array.from({ length: 15 }, (_, index) => get('/metrics', { authorization: `Bearer ${index}` })),
    )
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(4)
    expect((await get('/metrics', right)).status).toBe(200)
  })

  it('does not listen to others without a token', async () => {
    await expect(runCollector({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'PACELINE_COLLECTOR_NO_TOKEN' })
    await expect(runCollector({ token: 'short' })).rejects.toMatchObject({ code: 'PACELINE_COLLECTOR_TOKEN_WEAK' })
  })
})

describe('a release that was pushed', () => {
  const upload = { ...releaseOf('0123456789ab', ['/']), report: 'ffffffffffff' }

  it('can be asked for by what beacons and by what the report call it', async () => {
    const { post, json, push, collector } = await runCollector()
    expect(await push(upload)).toBe(200)
    await post(beacon())
    await collector.settle()
    for (const release of ['0123456789ab', 'ffffffffffff'])
      expect(await json(`${API}/performance/stats?release=${release}`)).toMatchObject({ pages: 1 })
    expect(await json(`${API}/dimensions`)).toMatchObject({ routeNames: { '0123456789ab': ['/'] } })
    expect(await push({ ...upload, release: '../../etc' })).toBe(400)
  })
})

describe('/metrics', () => {
  it('agrees with the API', async () => {
    const { post, get, json, collector } = await runCollector({ sla: { tti: 3000 } })
    for (const one of traffic(200, 6)) await post(one)
    await post('{')
    await collector.settle()
    const text = await (await get('/metrics')).text()
    const value = (name: string): number =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')
          .at(-1),
      )
    expect(value('paceline_beacons_total')).toBe(200)
    expect(value('paceline_beacon_seconds_count')).toBe(201)
    expect(value('paceline_beacon_seconds_bucket{le="+Inf"}')).toBe(201)
    const below = [...text.matchAll(/^paceline_beacon_seconds_bucket\{le="[\d.]+"\} (\d+)$/gm)].map(([, n]) =>
      Number(n),
    )
    expect([below.length, below.toSorted((a, b) => a - b), below.at(-1)]).toEqual([13, below, 201])
    expect(value('paceline_beacon_seconds_sum')).toBeGreaterThan(0)
    expect(value('paceline_beacon_requests_total{status="204"}')).toBe(200)
    expect(value('paceline_beacon_problems_total{field="not JSON"}')).toBe(1)
    const counts = [...text.matchAll(/^paceline_lcp_milliseconds_count\{route="unknown"\} (\d+)$/gm)]
    const { metrics } = await json<Stats>(`${API}/performance/stats`)
    expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(metrics['lcp']!.n)
    const { sla } = await json<Stats>(`${API}/performance/stats`)
    expect(sla.map(({ name }) => name)).toEqual(['lcp', 'inp', 'cls', 'tti', 'operations'])
    for (const { name, n, within, required } of sla) {
      expect(n).toBeGreaterThan(10)
      expect(value(`paceline_sla_judged_total{objective="${name}"}`)).toBe(n)
      expect(value(`paceline_sla_broken_total{objective="${name}"}`)).toBe(n - within)
      expect(value(`paceline_sla_required{objective="${name}"}`)).toBe(required)
    }
    expect(value('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0)
  })
})

describe('the live tail', () => {
  it('shows a beacon when it arrives', async () => {
    const { get, post } = await runCollector({ now: () => NOW })
    const response = await get(`${API}/live`)
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    await reader.read()
    await post(beacon({ operations: [{ name: '</script>\n', kind: 'api', ms: 1, ok: true }] })).then(({ status }) =>
      expect(status).toBe(400),
    )
    await post(beacon())
    const { value } = await reader.read()
    expect(JSON.parse(value!.replace(/^data: /, ''))).toMatchObject({
      at: NOW,
      release: '0123456789ab',
      type: 'update',
    })
    await reader.cancel()
  })
})
