import { expect, test } from '@playwright/test'
import { resolveSla } from '@paceline/kit'
import { createProgress, measureRoutes, profileOf, withBrowser } from '@paceline/lab'
import type { Flow, RouteMeasurement, RoutesRequest } from '@paceline/lab'
import { html, startTestServer } from '../../support/lab/test-server.ts'
import type { Answer } from '../../support/lab/test-server.ts'

const quiet = createProgress(() => undefined)

/** Measures one page of a server of its own: one visit that counts, unthrottled unless said otherwise. */
async function measure(
  answers: Readonly<Record<string, Answer>>,
  more: Partial<RoutesRequest> = {},
): Promise<RouteMeasurement[]> {
  const server = await startTestServer(answers)
  try {
    const request = { url: server.url, routes: ['/'], profiles: [profileOf('none')], kinds: ['cold' as const], runs: 1 }
    const rest = { warmUps: 0, timeout: 12_000, insecure: false, sla: undefined, progress: quiet }
    return await withBrowser((browser) => measureRoutes(browser, { ...request, ...rest, ...more }))
  } finally {
    await server.close()
  }
}

const busy = (ms: number): string => `for (const end = performance.now() + ${ms}; performance.now() < end;);`

test('a long task after the first paint moves TTI to its end, and blocks for what it has beyond 50 ms', async () => {
  const script = `requestAnimationFrame(() => setTimeout(() => setTimeout(() => { ${busy(400)}; window.ended = performance.now() }, 300), 0))`
  const [found] = await measure({ '/': html('<h1>Hello</h1>', script) })
  const { fcp, lcp, tti, tbt, cls } = found!.typical.metrics
  const { longTasks } = found!.typical
  const work = longTasks.find(({ start, end }) => end - start >= 399)
  // On a machine that does other things a short task after it may take long by the clock.
  const later = longTasks.filter((task) => task.start > work!.start).map(({ end }) => end)
  expect([fcp, work!.end, ...later]).toContain(tti)
  expect(tti).toBeGreaterThanOrEqual(work!.end)
  expect(tbt).toBeGreaterThan(340)
  expect(lcp).toBeGreaterThan(0)
  expect(cls).toBe(0)
})

test('a long task in which no script runs is one: a stylesheet that takes long to parse', async () => {
  const rules = Array.from({ length: 60_000 }, (_, index) => `.a${index} > .b:not(.c${index}) { margin: ${index}px }`)
  const late = `document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/late.css' }))`
  const answers = {
    '/': html('<h1>Hello</h1>', `requestAnimationFrame(() => setTimeout(() => { ${late} }, 500))`),
    '/late.css': (_request, response) =>
      void response.writeHead(200, { 'content-type': 'text/css' }).end(rules.join('\n')),
  } satisfies Readonly<Record<string, Answer>>
  const profiles = [profileOf('rtt=1,down=100000,up=100000,cpu=8')]
  const [found] = await measure(answers, { profiles, timeout: 25_000 })
  const { longTasks, metrics, requests } = found!.typical
  const asked = requests.find(({ kind }) => kind === 'stylesheet')!.start
  // Other tasks after it may be long by the clock of a busy machine: the parser's is the longest by far.
  const after = longTasks.filter(({ start }) => start > asked)
  const [parsing] = after.toSorted((one, other) => other.end - other.start - (one.end - one.start))
  expect(parsing).toBeDefined()
  expect(parsing!.end - parsing!.start).toBeGreaterThan(200)
  expect(metrics.tti).toBeGreaterThanOrEqual(parsing!.end)
  expect(metrics.tbt).toBeGreaterThan(150)
})

test('a layout shift of half a screen is what Chromium says it is', async () => {
  const script = `setTimeout(() => document.body.prepend(Object.assign(document.createElement('div'), { style: 'height: 470px' })), 600)`
  const [found] = await measure({ '/': html('<p style="height: 400px; margin: 0; background: teal">text</p>', script) })
  expect(found!.typical.metrics.cls).toBeGreaterThan(0.2)
})

test('a page that polls with three requests for ever has no TTI, which breaks no limit and holds none', async () => {
  const never: Answer = () => undefined
  const script = `for (let i = 0; i < 3; i++) fetch('/never?' + i)`
  const began = Date.now()
  const sla = resolveSla({ tti: 3000 })
  const [found] = await measure({ '/': html('<h1>Hi</h1>', script), '/never': never }, { timeout: 7000, sla })
  expect(found!.metrics.tti).toBeUndefined()
  expect(found!.verdicts.find(({ metric }) => metric === 'tti')?.status).toBe('unknown')
  expect(found!.notes.join()).toMatch(/3 requests are under way, .*\/never/)
  expect(Date.now() - began).toBeLessThan(20_000)
})

test('answers that are errors are no requests that kept the page busy', async () => {
  const failing: Answer = (_request, response) => void setTimeout(() => response.writeHead(500).end(), 6500)
  const tasks = `setTimeout(() => { ${busy(120)} }, 500); setTimeout(() => { ${busy(120)} }, 6200)`
  const script = `for (let i = 0; i < 4; i++) fetch('/failing?' + i); ${tasks}`
  const [found] = await measure({ '/': html('<h1>Hi</h1>', script), '/failing': failing }, { timeout: 20_000 })
  const { metrics, longTasks } = found!.typical
  expect(longTasks.at(-1)!.start).toBeGreaterThan(6000)
  expect(metrics.tti).toBeGreaterThan(600)
  expect(metrics.tti).toBeLessThan(6000)
})

test('dialogs are dismissed, popups closed, redirects followed and told', async () => {
  const [found] = await measure({
    '/': (_request, response) => void response.writeHead(302, { location: '/home' }).end(),
    '/home': html('<h1>Home</h1>', "alert('hello'); confirm('sure?'); window.open('/advertisement')"),
    // One that opened others would keep the main thread busy that it shares with the page: that one has no TTI.
    '/advertisement': html('<h1>Buy</h1>'),
  })
  expect(found!.metrics.tti?.median).toBeGreaterThan(0)
  expect(found!.notes).toContain('leads to /home')
})

const troubles: readonly { code: string; page: string; answers: Readonly<Record<string, Answer>> }[] = [
  { code: 'PACELINE_LAB_STATUS', page: 'an error of the server', answers: {} },
  {
    code: 'PACELINE_LAB_DOWNLOAD',
    page: 'a download',
    answers: {
      '/': (_request, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="a.zip"' })
          .end('zip'),
    },
  },
  {
    code: 'PACELINE_LAB_ELSEWHERE',
    page: 'a redirect to another site',
    answers: {
      '/': (request, response) =>
        void response.writeHead(302, { location: `http://localhost:${request.socket.localPort}/login` }).end(),
      '/login': html('<h1>Log in</h1>'),
    },
  },
  {
    code: 'PACELINE_LAB_ELSEWHERE',
    page: 'a script that leads to another site after the first paint',
    answers: {
      '/': html('<h1>One moment</h1>', `setTimeout(() => { location.hostname = 'localhost' }, 1000)`),
    },
  },
  {
    code: 'PACELINE_LAB_BLANK',
    page: 'a page that shows nothing',
    answers: { '/': html('', 'throw new Error("no")') },
  },
  {
    code: 'PACELINE_LAB_RELOADS',
    page: 'a page that loads itself anew for ever',
    answers: { '/': html('<h1>Hi</h1>', 'setTimeout(() => location.reload(), 700)') },
  },
  {
    code: 'PACELINE_LAB_NOT_A_PAGE',
    page: 'an answer of an API',
    answers: {
      '/': (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    },
  },
  { code: 'PACELINE_LAB_BLANK', page: 'an endless loop', answers: { '/': html('', 'for (;;);') } },
  {
    code: 'PACELINE_LAB_UNREACHABLE',
    page: 'a server that hangs up',
    answers: { '/': (request) => void request.socket.destroy() },
  },
]

for (const { code, page, answers } of troubles) {
  test(`${page} ends in time with ${code}`, async () => {
    const began = Date.now()
    await expect(measure(answers, { timeout: 6000 })).rejects.toMatchObject({ code })
    expect(Date.now() - began).toBeLessThan(25_000)
  })
}

test('a renderer that crashes in mid-visit is told as such, and the browser is gone', async () => {
  const server = await startTestServer({ '/': html('<h1>Hello</h1>', `setTimeout(() => { ${busy(60)} }, 4000)`) })
  let version = ''
  const visits = withBrowser(async (browser) => {
    version = browser.version()
    const crash = setInterval(() => {
      const page = browser.contexts()[0]?.pages()[0]
      if (page) void page.goto('chrome://crash').catch(() => undefined)
    }, 1500)
    const request = { url: server.url, routes: ['/'], profiles: [profileOf('none')], kinds: ['cold' as const], runs: 1 }
    await measureRoutes(browser, {
      ...request,
      timeout: 15_000,
      insecure: false,
      sla: undefined,
      progress: quiet,
    }).finally(() => clearInterval(crash))
  })
  await expect(visits).rejects.toMatchObject({
    code: expect.stringMatching(/^PACELINE_LAB_(CRASHED|UNREACHABLE|BLANK)$/),
  })
  expect(version).not.toBe('')
  await server.close()
})

test('a repeated visit takes files from the cache, and says so', async () => {
  const lasting: Answer = (_request, response) =>
    void response
      .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=31536000, immutable' })
      .end(`document.body.append('${'x'.repeat(20_000)}')`)
  const page: Answer = html('<h1>Hi</h1><script src="/app.js"></script>')
  const [cold, repeat] = await measure({ '/': page, '/app.js': lasting }, { kinds: ['cold', 'repeat'] })
  expect(cold!.requests.script).toMatchObject({ requests: 1, cached: 0 })
  expect(cold!.requests.script!.transferred).toBeGreaterThan(20_000)
  expect(repeat!.requests.script).toMatchObject({ requests: 1, cached: 1, transferred: 0 })
})

test('an update visit finds in its cache what the release before has left', async () => {
  const script =
    (text: string): Answer =>
    (_request, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=31536000, immutable' })
        .end(`document.body.append('${text}')`)
  const before = await startTestServer({
    '/': html('<h1>One</h1><script src="/shared.js"></script>'),
    '/shared.js': script('shared'),
  })
  const [found] = await measure(
    {
      '/': html('<h1>Two</h1><script src="/shared.js"></script><script src="/new.js"></script>'),
      '/shared.js': script('shared'),
      '/new.js': script('new'),
    },
    { kinds: ['update'], previousUrl: before.url },
  )
  await before.close()
  expect(found!.requests.script).toMatchObject({ requests: 2, cached: 1 })
})

test('a script measures the interactions that it makes', async () => {
  const page = html('<button>Work</button>', `document.querySelector('button').onclick = () => { ${busy(240)} }`)
  const [found] = await measure(
    { '/': page },
    {
      sla: resolveSla({ inp: 200 }),
      flow: async (visited, lab) => {
        await visited.getByRole('button').click()
        await lab.quiet()
      },
    },
  )
  expect(found!.typical.metrics.inp).toBeGreaterThanOrEqual(240)
  expect(found!.verdicts.find(({ metric }) => metric === 'inp')?.status).toBe('broken')
})

test('a script that goes on to other documents has the slowest interaction of all of them', async () => {
  const button = (name: string, ms: number): Answer =>
    html(`<button>${name}</button>`, `document.querySelector('button').onclick = () => { ${busy(ms)} }`)
  const flow: Flow = async (visited, lab) => {
    await visited.getByRole('button', { name: 'Log in' }).click()
    await lab.quiet()
    await visited.goto(lab.url('/home'))
    await visited.getByRole('button', { name: 'Open' }).click()
    await lab.quiet()
    await visited.goto(lab.url('/goodbye'))
    await lab.quiet()
  }
  const answers = { '/': button('Log in', 340), '/home': button('Open', 120), '/goodbye': html('<h1>Bye</h1>') }
  const [found] = await measure(answers, { sla: resolveSla({ inp: 200 }), flow })
  expect(found!.typical.metrics.inp).toBeGreaterThanOrEqual(340)
  expect(found!.verdicts.find(({ metric }) => metric === 'inp')?.status).toBe('broken')
  expect(found!.notes.join()).not.toContain('no interaction')
})

test('interactions with another site, where a script logs in, are none of the site', async () => {
  const page = html('<button>Work</button>', `document.querySelector('button').onclick = () => { ${busy(240)} }`)
  const elsewhere = await startTestServer({ '/': page })
  try {
    const flow: Flow = async (visited, lab) => {
      await visited.goto(elsewhere.url)
      await visited.getByRole('button').click()
      await lab.quiet()
      await visited.goto(lab.url('/'))
      await lab.quiet()
    }
    const [found] = await measure({ '/': html('<h1>Hello</h1>') }, { sla: resolveSla({ inp: 200 }), flow })
    expect(found!.verdicts.find(({ metric }) => metric === 'inp')?.status).toBe('unknown')
    expect(found!.notes).toContain('the script made no interaction with a page of the site: INP is not known')
  } finally {
    await elsewhere.close()
  }
})
