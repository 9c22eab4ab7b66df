import type { Browser } from 'playwright-core'
import { moduleAt } from '@paceline/build-graph'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Profile } from '../core/profiles.ts'
import type { TraceEvent } from '../core/trace-tasks.ts'
import { bounded } from './bounded.ts'
import { closeContext, newContext } from './open-page.ts'
import type { OpenPage } from './open-page.ts'
import type { Flow } from './run-flow.ts'
import { visit } from './visit.ts'
import type { Visit } from './visit.ts'
import { nameWithoutHash } from './work-visit.ts'
import type { FindTable } from './work-visit.ts'

/** A visit with pictures. It is made beside those that count: taking pictures costs time. */
export interface RecordedVisit {
  readonly route: string
  readonly profile: string
  readonly visit: Visit
  readonly film: readonly Picture[]
  readonly tasks: readonly NamedTask[]
}

export interface Picture {
  /** ms since the navigation began. */
  readonly at: number
  /** JPEG in base64. */
  readonly data: string
}

/** A long task and whose code ran in it. */
export interface NamedTask {
  readonly start: number
  readonly end: number
  /** Modules where they are known, else files; the longest first. */
  readonly parts: readonly { readonly name: string; readonly ms: number }[]
}

export interface RecordRequest {
  /** Origin. */
  readonly url: string
  readonly route: string
  readonly profile: Profile
  readonly timeout: number
  readonly insecure: boolean
  readonly flow?: Flow | undefined
  readonly findTable: FindTable
  /** Folder for a trace that Perfetto and DevTools open, absolute. @default none is kept */
  readonly traces?: string | undefined
}

const MOST_PICTURES = 10

/** What the Performance panel of DevTools records by itself, so that it shows the trace as one of its own. */
const TRACED: readonly string[] = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'disabled-by-default-devtools.timeline.stack',
  'disabled-by-default-devtools.screenshot',
  'disabled-by-default-v8.cpu_profiler',
  'blink.console',
  'latencyInfo',
  'loading',
  'v8.execute',
]

/** Visits a page once more, filmed. */
export async function recordVisit(browser: Browser, request: RecordRequest): Promise<RecordedVisit> {
  const { url, route, profile, timeout, insecure, flow, findTable, traces } = request
  const context = await newContext(browser, { profile, insecure })
  const frames: { readonly time: number; readonly data: string }[] = []
  const around = async ({ session }: OpenPage, work: () => Promise<void>): Promise<void> => {
    session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      frames.push({ time: (metadata.timestamp ?? 0) * 1000, data })
      void session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
    })
    await session.send('Page.startScreencast', { format: 'jpeg', quality: 50, maxWidth: 240, maxHeight: 480 })
    await work()
    await bounded(session.send('Page.stopScreencast'), 2000).catch(() => undefined)
  }
  let events: readonly TraceEvent[] = []
  const recording = { categories: TRACED, keep: (all: readonly TraceEvent[]) => void (events = all) }
  try {
    const seen = await visit(context, {
      url: new URL(route, url).href,
      profile,
      timeout,
      flow,
      around,
      ...(traces === undefined ? {} : { recording }),
    })
    if (traces !== undefined) await keepTrace(traces, `${route}-${profile.name}`, events)
    const film = frames.map(({ time, data }) => ({ at: time - seen.origin, data })).filter(({ at }) => at >= 0)
    return { route, profile: profile.name, visit: seen, film: thin(film), tasks: await nameTasks(seen, findTable) }
  } finally {
    await closeContext(context)
  }
}

async function keepTrace(dir: string, name: string, traceEvents: readonly TraceEvent[]): Promise<void> {
  await mkdir(dir, { recursive: true })
  const file = join(dir, `${name.replaceAll(/[^\w-]+/g, '-').replace(/^-+/, '')}.json`)
  await writeFile(file, JSON.stringify({ traceEvents }))
}

/** The first, the last, and what lies evenly between: each picture differs from the one before. */
function thin(film: readonly Picture[]): Picture[] {
  const different = film.filter(({ data }, index) => data !== film[index - 1]?.data)
  if (different.length <= MOST_PICTURES) return different
  const step = (different.length - 1) / (MOST_PICTURES - 1)
  return Array.from({ length: MOST_PICTURES }, (_, index) => different[Math.round(index * step)]!)
}

/** Says whose code ran in the long tasks of a visit, as far as Chromium tells: where the entry points of its scripts stand. */
async function nameTasks({ longTasks, scripts }: Visit, findTable: FindTable): Promise<NamedTask[]> {
  const tables = new Map<string, ReturnType<FindTable>>()
  const tableOf = (url: string): ReturnType<FindTable> => {
    const known = tables.get(url) ?? fetchHash(url).then((hash) => (hash === undefined ? undefined : findTable(hash)))
    tables.set(url, known)
    return known
  }
  return Promise.all(
    longTasks.map(async ({ start, end }) => {
      const sums = new Map<string, number>()
      for (const script of scripts) {
        const ms = Math.min(end, script.start + script.ms) - Math.max(start, script.start)
        if (ms <= 0 || script.url === '') continue
        const table = await tableOf(script.url)
        const name = (table && moduleAt(table, script.char)) ?? nameWithoutHash(script.url)
        sums.set(name, (sums.get(name) ?? 0) + ms)
      }
      const parts = [...sums].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms)
      return { start, end, parts }
    }),
  )
}

async function fetchHash(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    if (!response.ok) return undefined
    return createHash('sha256')
      .update(new Uint8Array(await response.arrayBuffer()))
      .digest('hex')
      .slice(0, 16)
  } catch {
    // Its file has a name, if not modules.
    return undefined
  }
}
