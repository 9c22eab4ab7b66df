import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { labError } from '../errors.ts'
import { bounded, pause } from './bounded.ts'
import type { OpenPage } from './open-page.ts'

/** What a script is given beside Playwright's page. */
export interface Lab {
  /** Address of a path of the site. */
  url(path: string): string
  /** Until nothing has been requested, and nothing changed in the document, for half a second. */
  quiet(): Promise<void>
}

/** What a user does on a page: the default export of a script. Waits are events: `page.getByRole(…).waitFor()`, `lab.quiet()`. */
export type Flow = (page: Page, lab: Lab) => Promise<void>

const QUIET_MS = 500
/** After an interaction Chromium reports its latency with the next frames. */
const REPORT_MS = 300

/**
 * Loads a script.
 *
 * @param file absolute
 * @throws `PACELINE_LAB_SCRIPT`
 */
export async function loadFlow(file: string): Promise<Flow> {
  const module = (await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw labError('PACELINE_LAB_SCRIPT', [file, cause instanceof Error ? cause.message : String(cause)], { cause })
  })) as { readonly default?: unknown }
  if (typeof module.default !== 'function') {
    throw labError('PACELINE_LAB_SCRIPT', [file, `its default export is ${typeof module.default}`])
  }
  return module.default as Flow
}

/** @throws `PACELINE_LAB_SCRIPT` when it throws, or is not done in time */
export async function runFlow(flow: Flow, opened: OpenPage, url: string, deadline: number): Promise<void> {
  const lab: Lab = { url: (path) => new URL(path, url).href, quiet: () => untilStill(opened, deadline) }
  const left = Math.max(1000, deadline - Date.now())
  opened.page.setDefaultTimeout(left)
  await bounded(flow(opened.page, lab), left + 1000).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw labError('PACELINE_LAB_SCRIPT', [flow.name || 'the script', message.split('\n')[0] ?? ''], { cause })
  })
  await pause(REPORT_MS)
}

/**
 * Until nothing has been requested, and nothing changed in the document, for half a second.
 *
 * @throws `PACELINE_LAB_NEVER_QUIET`
 */
export async function untilStill(opened: OpenPage, deadline: number): Promise<void> {
  const began = Date.now()
  for (;;) {
    const observed = await Promise.race([opened.read(), opened.trouble])
    const idle = opened.requests.open() === 0 && Date.now() - opened.requests.lastChange() >= QUIET_MS
    const isStill = observed !== undefined && observed.loaded > 0 && observed.now - observed.lastMutation >= QUIET_MS
    if (idle && isStill && observed.now - observed.loaded >= QUIET_MS) return
    if (Date.now() > deadline) {
      const seconds = Math.round((Date.now() - began) / 1000)
      const open = opened.requests.open()
      const what = open > 0 ? `${open} requests are under way` : 'the document still changes'
      throw labError('PACELINE_LAB_NEVER_QUIET', [opened.page.url(), seconds, what])
    }
    await Promise.race([pause(100), opened.trouble])
  }
}
