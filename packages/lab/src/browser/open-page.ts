import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import type { Profile } from '../core/profiles.ts'
import { labError } from '../errors.ts'
import { bounded } from './bounded.ts'
import { observePage, readPage } from './observe-page.ts'
import type { Observed } from './observe-page.ts'
import { watchRequests } from './requests.ts'
import type { WatchedRequests } from './requests.ts'

const CLOSE_MS = 5000
const ANSWER_MS = 15_000

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
  /** @throws what {@link trouble} says; also when the address does not answer, or with an error */
  goto(url: string, timeout: number): Promise<void>
  /** What the page knows of itself; nothing while it has no document, or is too busy to answer. */
  read(): Promise<Observed | undefined>
  close(): Promise<void>
}

/** Opens a page in a context, on the network and the processor of a profile. */
export async function openPage(context: BrowserContext, profile: Profile): Promise<OpenPage> {
  const page = await bounded(context.newPage(), ANSWER_MS)
  const session = await context.newCDPSession(page)
  const errors: string[] = []
  let address = ''
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
  page.on('crash', () => fail(labError('PACELINE_LAB_CRASHED', [address])))
  const browser = context.browser()
  const gone = (): void => fail(labError('PACELINE_LAB_BROWSER_GONE', [address]))
  browser?.once('disconnected', gone)
  await page.addInitScript(observePage)
  const requests = await watchRequests(session)
  const { network, cpu } = profile
  if (network) {
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.latency,
      downloadThroughput: network.download,
      uploadThroughput: network.upload,
    })
  }
  if (cpu > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  return {
    page,
    session,
    requests,
    trouble,
    errors,
    async goto(url, timeout) {
      address = url
      const answer = await Promise.race([
        page.goto(url, { waitUntil: 'commit', timeout }).catch(explain(url, requests)),
        trouble,
      ])
      const status = answer?.status() ?? 0
      if (status >= 400) throw labError('PACELINE_LAB_STATUS', [url, status])
      const final = page.url()
      if (new URL(final).origin !== new URL(url).origin) throw labError('PACELINE_LAB_ELSEWHERE', [url, final])
    },
    // It has moved on to another document, or does not answer: there is nothing to read now.
    read: () => bounded(page.evaluate(readPage), ANSWER_MS).catch(() => undefined),
    async close() {
      browser?.off('disconnected', gone)
      await bounded(page.close({ runBeforeUnload: false }), CLOSE_MS).catch(() => undefined)
    },
  }
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
    const received = net ?? (/Timeout (\d+)ms/.test(message) ? 'it does not answer in time' : message)
    throw labError('PACELINE_LAB_UNREACHABLE', [url, `received ${received}`], { cause })
  }
}

export async function closeContext(context: BrowserContext): Promise<void> {
  await bounded(context.close(), CLOSE_MS).catch(() => undefined)
}
