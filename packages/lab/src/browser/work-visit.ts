import { createHash } from 'node:crypto'
import type { CharTable } from '@paceline/build-graph'
import type { Browser, CDPSession } from 'playwright-core'
import { addWork, countScript } from '../core/block-coverage.ts'
import type { CountedScript } from '../core/block-coverage.ts'
import { PROFILES } from '../core/profiles.ts'
import { assertArrived, closeContext, newContext, openPage } from './open-page.ts'
import type { OpenPage } from './open-page.ts'
import { runFlow, untilStill } from './run-flow.ts'
import type { Flow } from './run-flow.ts'
import { runClock, stopClock } from './virtual-time.ts'
import { whileServed } from './while-served.ts'
import { labError } from '../errors.ts'

/** The module table of a script, by the hash of its content; nothing when it is not known. */
export type FindTable = (hash: string) => Promise<CharTable | undefined>

/** What a page did until it came to rest, without any throttling. */
export interface WorkVisit {
  readonly counts: Readonly<Record<CountName, number>>
  /** Tokens that ran, by module; only when asked for. */
  readonly modules: ReadonlyMap<string, number>
  /** CPU time of the main thread, ms. */
  readonly cpu: Readonly<Record<CpuName, number>>
}

export const COUNTS = ['work', 'elements', 'layouts', 'styles', 'requests', 'bytes'] as const
export type CountName = (typeof COUNTS)[number]
export const CPU_TIMES = ['task', 'script', 'layout'] as const
export type CpuName = (typeof CPU_TIMES)[number]

export interface WorkVisitOptions {
  readonly url: string
  readonly timeout: number
  readonly insecure: boolean
  readonly flow?: Flow | undefined
  /** Whether blocks are counted. It slows the page down, so that CPU times mean nothing then. */
  readonly coverage: boolean
  readonly scripts: ScriptShelf
}

/**
 * Visits a page in a fresh context, as fast as the machine is, for three seconds of its own clock; with a script, until that has run.
 *
 * @throws `PACELINE_LAB_*`, within the time given
 */
export async function visitForWork(browser: Browser, options: WorkVisitOptions): Promise<WorkVisit> {
  const { url, insecure, coverage, scripts } = options
  const profile = PROFILES['none']!
  const context = await newContext(browser, { profile, insecure })
  let opened: OpenPage | undefined
  try {
    const page = (opened = await openPage(context, profile))
    const { session } = opened
    await whileServed(page, url, () => work(page, options))
    const metrics = await readMetrics(session)
    const observed = await opened.read()
    const modules = coverage ? await scripts.workOf(session) : new Map<string, number>()
    // What a page sends home comes when it comes.
    const requests = opened.requests.since(observed?.origin ?? 0).filter(({ method }) => method === 'GET')
    const ms = (name: string): number => (metrics.get(name) ?? 0) * 1000
    return {
      counts: {
        work: [...modules.values()].reduce((sum, tokens) => sum + tokens, 0),
        elements: observed?.elements ?? 0,
        layouts: metrics.get('LayoutCount') ?? 0,
        styles: metrics.get('RecalcStyleCount') ?? 0,
        requests: requests.length,
        bytes: requests.reduce((sum, { decoded }) => sum + decoded, 0),
      },
      modules,
      cpu: {
        task: ms('TaskDuration'),
        script: ms('ScriptDuration'),
        layout: ms('LayoutDuration') + ms('RecalcStyleDuration'),
      },
    }
  } finally {
    await opened?.close()
    await closeContext(context)
  }
}

/** Opens the page and waits until it has done what it does. */
async function work(opened: OpenPage, { url, timeout, flow, coverage }: WorkVisitOptions): Promise<void> {
  const { session } = opened
  const deadline = Date.now() + timeout
  if (coverage) {
    await session.send('Profiler.enable')
    await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  // A script waits for what the page does in real time.
  if (!flow) await stopClock(session)
  await opened.goto(url, timeout)
  if (flow) {
    await untilStill(opened, deadline)
    assertArrived(opened.page, url)
    // Where it ends is its own affair.
    await Promise.race([runFlow(flow, opened, url, deadline), opened.trouble])
    return
  }
  if (!(await runClock(opened, deadline))) {
    throw labError('PACELINE_LAB_NEVER_QUIET', [url, Math.round(timeout / 1000), 'its main thread is still busy'])
  }
  assertArrived(opened.page, url)
}

async function readMetrics(session: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics')
  return new Map(metrics.map(({ name, value }) => [name, value]))
}

/** Scripts that were seen, prepared for counting: the same for all visits of a site. */
export class ScriptShelf {
  readonly #known = new Map<string, Promise<CountedScript>>()
  readonly #findTable: FindTable

  constructor(findTable: FindTable) {
    this.#findTable = findTable
  }

  /** Tokens that ran since coverage began, by module. */
  async workOf(session: CDPSession): Promise<Map<string, number>> {
    const { result } = await session.send('Profiler.takePreciseCoverage')
    const hashes = new Map<string, string>()
    session.on('Debugger.scriptParsed', ({ scriptId, hash, length }) => hashes.set(scriptId, `${hash} ${length ?? 0}`))
    await session.send('Debugger.enable')
    const work = new Map<string, number>()
    for (const { scriptId, url, functions } of result) {
      // Of the page, not of a browser extension, and not what Playwright puts into it.
      if (!/^https?:/.test(url)) continue
      const key = `${url} ${hashes.get(scriptId) ?? scriptId}`
      let script = this.#known.get(key)
      if (script === undefined) this.#known.set(key, (script = this.#prepare(session, scriptId, url)))
      addWork(work, await script, functions)
    }
    return work
  }

  async #prepare(session: CDPSession, scriptId: string, url: string): Promise<CountedScript> {
    const { scriptSource } = await session.send('Debugger.getScriptSource', { scriptId })
    const hash = createHash('sha256').update(scriptSource).digest('hex').slice(0, 16)
    return countScript(nameWithoutHash(url), scriptSource, await this.#findTable(hash))
  }
}

/** `assets/index-D4x81k_Q.js` → `assets/index.js`: two builds give one script different names. */
export function nameWithoutHash(url: string): string {
  return new URL(url).pathname.replace(/^\//, '').replace(/[-.][\w-]{8}(?=\.\w+$)/, '') || 'the page'
}
