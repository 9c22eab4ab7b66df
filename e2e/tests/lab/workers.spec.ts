import { expect, test } from '@playwright/test'
import { createProgress, measureRoutes, profileOf, withBrowser } from '@paceline/lab'
import { html, startTestServer } from '../../support/lab/test-server.ts'
import type { Answer } from '../../support/lab/test-server.ts'

/** 375 ms for each request at the least. */
const profile = profileOf('rtt=100,down=5000,up=1000,cpu=1')
/** Less than that by what the first of two requests may have taken to arrive. */
const LEAST_MS = 300

/** On a machine that does a lot a worker can be faster in its first moments (see `throttleWorkers`): the last two of these are looked at. */
const installs = Array.from({ length: 10 }, (_, index) => `install-${index + 1}`)
const timed = `const timed = async (names) => { for (const name of names) await (await fetch('/data?' + name)).text() }`
const install = `event.waitUntil(timed(${JSON.stringify(installs)}).then(() => skipWaiting()))`
const serviceWorker = `${timed}
  addEventListener('install', (event) => ${install})
  addEventListener('fetch', (event) => event.respondWith(fetch(event.request)))`
const page = `navigator.serviceWorker.register('/sw.js'); new Worker('/worker.js')`

test("requests of service workers and dedicated workers take the profile's time, on the visit that installs and on the next", async () => {
  const arrived: { readonly path: string; readonly at: number }[] = []
  const answer =
    (type: string, body: string): Answer =>
    (request, response) => {
      arrived.push({ path: request.url ?? '', at: performance.now() })
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
    }
  const server = await startTestServer({
    '/': (request, response) => {
      arrived.push({ path: '/', at: performance.now() })
      html('<h1>Hi</h1><script src="/page.js"></script>', page)(request, response)
    },
    '/page.js': answer('text/javascript', ''),
    '/sw.js': answer('text/javascript', serviceWorker),
    '/worker.js': answer('text/javascript', `${timed}; timed(['worker-1', 'worker-2'])`),
    '/data': answer('text/plain', 'data'),
  })
  try {
    const request = { url: server.url, routes: ['/'], profiles: [profile], kinds: ['cold', 'repeat'] as const, runs: 1 }
    const rest = { warmUps: 0, timeout: 30_000, insecure: false, sla: undefined }
    const [, repeat] = await withBrowser((browser) =>
      measureRoutes(browser, { ...request, ...rest, progress: createProgress(() => undefined) }),
    )
    expect(repeat!.typical.controlled).toBe(true)
  } finally {
    await server.close()
  }
  /** ms from one request to the next that had to wait for its answer; of the visit that is the `visit`-th. */
  const between = (first: string, second: string, visit = 0): number => {
    const at = (path: string): number => arrived.filter((one) => one.path === path)[visit]?.at ?? NaN
    return at(second) - at(first)
  }
  expect(between('/data?install-8', '/data?install-9')).toBeGreaterThan(LEAST_MS)
  expect(between('/data?install-9', '/data?install-10')).toBeGreaterThan(LEAST_MS)
  expect(between('/data?worker-1', '/data?worker-2')).toBeGreaterThan(LEAST_MS)
  // The worker runs when the second visit begins, and fetches the page.
  expect(between('/', '/page.js', 1)).toBeGreaterThan(LEAST_MS)
  expect(between('/data?worker-1', '/data?worker-2', 1)).toBeGreaterThan(LEAST_MS)
})
