import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import type { Profile } from '../core/profiles.ts'
import { labError } from '../errors.ts'
import { bounded, TimedOut } from './bounded.ts'
import { observePage, readPage } from './observe-page.ts'
import type { Observed } from './observe-page.ts'
import { watchRequests } from './requests.ts'
import type { WatchedRequests } from './requests.ts'
import { throttleNetwork, throttleWorkers } from './throttle-workers.ts'

const CLOSE_MS = 5000
const ANSWER_MS = 15_000
/** What a site sends as a document: HTML, and XML that is shown as such. */
const PAGE = /^\s*(?:text\/html|application\/xhtml\+xml|image\/svg\+xml|(?:text|application)\/xml)\b/i

export interface ContextOptions {
  readonly profile: Profile
  /** Whether certificates that nobody vouches for are taken. */
  readonly insecure: boolean
}

/** A fresh profile: no cache, no cookies, no service worker. */
export function newContext(browser: Browser, { profile, insecure }: ContextOptions): Promise<BrowserContext> {
  const { width, height, scale, mobile } = profile.viewport
  return browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    isMobile: mobile,
    hasTouch: mobile,
    ignoreHTTPSErrors: insecure,
    // Said, because Playwright's test runner puts its own options in place of defaults.
    serviceWorkers: 'allow',
  })
}

/** A page that is being measured. */
export interface OpenPage {
  readonly page: Page
  readonly session: CDPSession
  readonly requests: WatchedRequests
  /**
   * Rejects when the page can be measured no more: it crashed, it became a download, the browser went away.
   */
  readonly trouble: Promise<never>
  /** Scripts of the page threw so much. */
  readonly errors: readonly string[]
  /** How many documents it has had: one, unless it went on or loaded itself anew. */
  documents(): number
  /** @throws what {@link trouble} says; also when the address does not answer, or with an error */
  goto(url: string, timeout: number): Promise<void>
  /** What the page knows of itself; nothing while it has no document, or is too busy to answer. */
  read(): Promise<Observed | undefined>
  close(): Promise<void>
}

/** Opens a page in a context, on the network and the processor of a profile. */
export async function openPage(context: BrowserContext, profile: Profile): Promise<OpenPage> {
  const page = await answered(context.newPage())
  const errors: string[] = []
  let address = 'about:blank'
  let documents = 0
  let fail: (error: Error) => void = () => undefined
  const trouble = new Promise<never>((_, reject) => {
    fail = reject
  })
  // It may happen when nobody is waiting.
  trouble.catch(() => undefined)
  page.on('pageerror', (error) => errors.push(error.message.split('\n')[0] ?? ''))
  // A dialog would hold the page for ever.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  page.on('popup', (popup) => void popup.close().catch(() => undefined))
  page.on('download', (download) => {
    void download.cancel().catch(() => undefined)
    if (download.url() === page.url() || page.url() === 'about:blank') {
      fail(labError('PACELINE_LAB_DOWNLOAD', [address]))
    }
  })
  page.on('domcontentloaded', () => void documents++)
  page.on('crash', () => fail(labError('PACELINE_LAB_CRASHED', [address])))
  const browser = context.browser()
  const gone = (): void => fail(labError('PACELINE_LAB_BROWSER_GONE', [address]))
  browser?.once('disconnected', gone)
  const prepared = answered(prepare(page, { profile, fail }))
  const { session, requests, endThrottling } = await Promise.race([prepared, trouble]).catch(async (error: unknown) => {
    browser?.off('disconnected', gone)
    await bounded(page.close(), CLOSE_MS).catch(() => undefined)
    throw error
  })
  return {
    page,
    session,
    requests,
    trouble,
    errors,
    documents: () => documents,
    async goto(url, timeout) {
      address = url
      const answer = await Promise.race([
        page.goto(url, { waitUntil: 'commit', timeout }).catch(explain(url, requests)),
        trouble,
      ])
      const status = answer?.status() ?? 0
      if (status >= 400) throw labError('PACELINE_LAB_STATUS', [url, status])
      const type = answer?.headers()['content-type'] ?? 'text/html'
      // The browser makes a document of its own around JSON, text and images.
      if (!PAGE.test(type)) throw labError('PACELINE_LAB_NOT_A_PAGE', [url, type])
      assertArrived(page, url)
    },
    // It has moved on to another document, or does not answer: there is nothing to read now.
    read: () => bounded(page.evaluate(readPage), ANSWER_MS).catch(() => undefined),
    async close() {
      browser?.off('disconnected', gone)
      await bounded(endThrottling(), CLOSE_MS).catch(() => undefined)
      await bounded(page.close({ runBeforeUnload: false }), CLOSE_MS).catch(() => undefined)
    },
  }
}

interface Prepared {
  readonly session: CDPSession
  readonly requests: WatchedRequests
  readonly endThrottling: () => Promise<void>
}

async function prepare(
  page: Page,
  { profile: { network, cpu }, fail }: { readonly profile: Profile; readonly fail: (error: Error) => void },
): Promise<Prepared> {
  const session = await page.context().newCDPSession(page)
  await page.addInitScript(observePage)
  const requests = await watchRequests(session)
  if (cpu > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  const browser = page.context().browser()
  if (!network || !browser) return { session, requests, endThrottling: async () => undefined }
  await throttleNetwork(session, network)
  return { session, requests, endThrottling: await throttleWorkers({ browser, session, network, fail }) }
}

/** A renderer that crashed before it was asked answers nothing. */
function answered<Result>(asked: Promise<Result>): Promise<Result> {
  return bounded(asked, ANSWER_MS).catch((cause: unknown) => {
    if (!(cause instanceof TimedOut)) throw cause
    throw labError('PACELINE_LAB_STUCK', [ANSWER_MS / 1000], { cause })
  })
}

function explain(url: string, requests: WatchedRequests): (cause: unknown) => never {
  return (cause) => {
    const message = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
    const net = /net::(ERR_\w+)/.exec(message)?.[1]
    if (/Download is starting/.test(message)) throw labError('PACELINE_LAB_DOWNLOAD', [url], { cause })
    // An error without a page of its own.
    const status = requests.since(0).find(({ kind }) => kind === 'document')?.status ?? 0
    if (net === 'ERR_HTTP_RESPONSE_CODE_FAILURE') throw labError('PACELINE_LAB_STATUS', [url, status], { cause })
    if (net?.startsWith('ERR_CERT')) throw labError('PACELINE_LAB_CERTIFICATE', [url, net], { cause })
    if (/Target (?:page|closed|crashed)|has been closed|crashed/i.test(message)) {
      throw labError('PACELINE_LAB_CRASHED', [url], { cause })
    }
    const seen = /Timeout \d+ms/.test(message) ? 'it does not answer in time' : `received ${net ?? message}`
    throw labError('PACELINE_LAB_UNREACHABLE', [url, seen], { cause })
  }
}

/**
 * A page may leave by a script as well as by a redirect, at any time: what is seen then is not of the site that was asked for.
 *
 * @throws `PACELINE_LAB_ELSEWHERE`; `PACELINE_LAB_UNREACHABLE` when it left for a server that does not answer
 */
export function assertArrived(page: Page, url: string): void {
  const final = page.url()
  const { origin, protocol } = new URL(final)
  if (protocol === 'chrome-error:') {
    throw labError('PACELINE_LAB_UNREACHABLE', [url, 'it leads to a page that does not answer'])
  }
  if (origin !== new URL(url).origin) throw labError('PACELINE_LAB_ELSEWHERE', [url, final])
}

export async function closeContext(context: BrowserContext): Promise<void> {
  await bounded(context.close(), CLOSE_MS).catch(() => undefined)
}
