import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import {
  createProgress,
  makeResult,
  measureRoutes,
  openSite,
  profileOf,
  recordVisit,
  renderHtml,
  withBrowser,
} from '@paceline/lab'
import { withBuilt } from '../../support/lab/planted-app.ts'
import type { PlantedBuild } from '../../support/lab/planted-app.ts'
import { withApp } from '../../support/temporary-app.ts'

/** ms that one of its modules works. */
const WORK = 300
/** Three looks, one after the other. */
const app = {
  'package.json': JSON.stringify({ name: 'recorded', private: true, type: 'module' }),
  'index.html':
    '<!doctype html><html lang="en"><head><title>Recorded</title><link rel="icon" href="data:,"></head><body><h1>One</h1><script type="module" src="/src/main.js"></script></body></html>',
  'src/main.js': `import './style.css'
import { later } from './heavy.js'
later(() => { document.body.className = 'two' })
setTimeout(() => { document.body.className = 'three' }, 1500)
`,
  'src/heavy.js': `export function later(done) {
  setTimeout(() => { for (const end = performance.now() + ${WORK}; performance.now() < end; ); done() }, 500)
}
`,
  'src/style.css': '.two { background: teal }\n.three { background: gold }\n',
}

interface TraceEvent {
  readonly name: string
  readonly cat: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly args?: { readonly name?: string; readonly snapshot?: string }
}

test('a recorded visit becomes a page with film, waterfall and long tasks by module, and a trace for Perfetto and DevTools', async ({
  page,
}) => {
  await withApp({}, async (traces) => {
    await page.setContent(await withBuilt(app, (built) => drawn(built, traces)))
    await test.step('the film shows the page as it changes', () => checkFilm(page))
    await test.step('the waterfall has every request', () => checkWaterfall(page))
    await test.step('the long task bears the name of the module', () => checkTasks(page))
    const files = await readdir(traces)
    expect(files).toEqual(['desktop.json'])
    const { traceEvents } = JSON.parse(await readFile(join(traces, files[0]!), 'utf8')) as {
      readonly traceEvents: readonly TraceEvent[]
    }
    await test.step('the trace has what its viewers look for', () => checkTrace(traceEvents))
  })
})

/** Measures and records a build. Gives the page about it. */
async function drawn({ dist, findTable }: PlantedBuild, traces: string): Promise<string> {
  const site = await openSite({ given: dist, cwd: '.' })
  const visits = { url: site.url, timeout: 30_000, insecure: false }
  const profile = profileOf('desktop')
  try {
    return await withBrowser(async (browser) => {
      const request = { ...visits, routes: ['/'], profiles: [profile], kinds: ['cold'] as const, runs: 1, warmUps: 0 }
      const progress = createProgress(() => undefined)
      const measurements = await measureRoutes(browser, { ...request, sla: undefined, progress })
      const recorded = await recordVisit(browser, { ...visits, route: '/', profile, findTable, traces })
      return renderHtml(makeResult({ browser: browser.version(), site: 'dist', measurements }), [recorded])
    })
  } finally {
    await site.close()
  }
}

async function checkFilm(page: Page): Promise<void> {
  const pictures = page.locator('.film img')
  const colours = await pictures.evaluateAll((images) =>
    Promise.all(
      images.map(async (image) => {
        if (!(image instanceof HTMLImageElement)) throw new Error('not an image')
        await image.decode()
        const { width, height } = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
        const context = new OffscreenCanvas(width, height).getContext('2d')!
        context.drawImage(image, 0, 0)
        const [red, green, blue] = context.getImageData(width - 5, height - 5, 1, 1).data
        // JPEG changes a colour a little.
        return [red, green, blue].map((part = 0) => Math.round(part / 64)).join()
      }),
    ),
  )
  // White, teal, gold; what is the same as the one before is left out.
  expect(colours.filter((colour, index) => colour !== colours[index - 1])).toEqual(['4,4,4', '0,2,2', '4,3,0'])
}

async function checkWaterfall(page: Page): Promise<void> {
  const labels = await page.locator('.waterfall .label').allTextContents()
  expect(labels[0]).toBe('main thread')
  expect(
    labels
      .slice(1)
      .map((label) => label.replace(/-[\w-]{8}\./, '.'))
      .toSorted(),
  ).toEqual(['/', 'index.css', 'index.js'])
  for (const bar of await page.locator('.waterfall .bar').all()) {
    expect((await bar.boundingBox())!.width).toBeGreaterThanOrEqual(2)
  }
  // FCP, LCP and TTI in every row.
  await expect(page.locator('.waterfall .mark')).toHaveCount(3 * labels.length)
}

async function checkTasks(page: Page): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: 'src/heavy.js' })
  await expect(row).toHaveCount(1)
  const [, took = ''] = await row.getByRole('cell').allTextContents()
  expect(Number.parseInt(took, 10)).toBeGreaterThanOrEqual(WORK)
}

function checkTrace(events: readonly TraceEvent[]): void {
  const categories = new Set(events.flatMap(({ cat }) => cat.split(',')))
  const wanted = [
    'devtools.timeline',
    'blink.user_timing',
    'loading',
    'v8.execute',
    'disabled-by-default-v8.cpu_profiler',
  ]
  expect([...categories]).toEqual(expect.arrayContaining([...wanted, '__metadata']))
  for (const { name, ph, pid, tid, ts } of events) {
    expect([typeof name, typeof ph, typeof pid, typeof tid, typeof ts], name).toEqual([
      'string',
      'string',
      'number',
      'number',
      'number',
    ])
  }
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const isMain = ({ pid, tid }: TraceEvent): boolean =>
    threads.some((thread) => thread.pid === pid && thread.tid === tid)
  const within = (outer: TraceEvent): TraceEvent[] =>
    events.filter(
      ({ name, pid, tid, ts, dur = 0 }) =>
        name === 'FunctionCall' &&
        dur >= WORK * 1000 &&
        [pid === outer.pid, tid === outer.tid, ts >= outer.ts, ts + dur <= outer.ts + outer.dur!].every(Boolean),
    )
  const tasks = events.filter((event) => event.name === 'RunTask' && isMain(event) && (event.dur ?? 0) >= WORK * 1000)
  expect(tasks.flatMap(within)).toHaveLength(1)
  const pictures = events.filter(({ name }) => name === 'Screenshot')
  expect(pictures.length).toBeGreaterThanOrEqual(3)
  // JPEG.
  expect(pictures[0]!.args?.snapshot).toMatch(/^\/9j\//)
}
