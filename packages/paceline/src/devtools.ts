import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseReport, reportFile, type BuildReport } from '@paceline/build-graph'
import { reportPages } from '@paceline/delivery/server'
import { comparablePath } from '@paceline/kit'
import type { Plugin } from 'vite'

/** What of Vite DevTools we use; `@vitejs/devtools-kit` has the whole of it, and is nothing that an app must install. */
export interface DevtoolsContext {
  readonly docks: { register(entry: DockEntry): DockHandle }
}

/** An entry that is in the dock. */
export interface DockHandle {
  readonly update: (patch: { readonly description: string }) => void
}

/** A page in the dock, see https://devtools.vite.dev/kit/dock-system. */
export interface DockEntry {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly icon: string
  readonly category: 'performance'
  /** Higher comes first. */
  readonly defaultOrder: number
  readonly type: 'iframe'
  readonly url: string
}

export interface DevtoolsPlugin extends Plugin {
  readonly devtools: { setup(context: DevtoolsContext): Promise<void> }
}

const PAGES = { report: '/__paceline/report', treemap: '/__paceline/treemap' } as const

const NO_BUILD = 'No build yet: `vite build` makes the report'

/**
 * A build writes its report several times, and Vite's watcher drops a change that comes within 50 ms of another: what stands there after a
 * pause is what counts.
 */
const PAUSE_MS = 100

const icon = (drawing: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#6b7fd7" stroke-width="2">${drawing}</svg>`)}`
const REPORT_ICON = icon('<path d="M2 5h20" stroke="#e05d44"/><path d="m2 20 6-7 5 4 9-8"/>')
const TREEMAP_ICON = icon('<path d="M3 3h18v18H3zM3 13h10M13 3v18M13 9h8"/>')

/**
 * The pages of the last build in the dev server, at the addresses that `vite preview` and `paceline serve` have them at, and in the
 * dock of Vite DevTools where somebody has turned that on (`devtools: true`).
 *
 * @param dir where builds keep their reports, from the Vite root
 */
export function devtools(dir = '.paceline'): DevtoolsPlugin {
  let reportDir = ''
  let verdict = NO_BUILD
  let entry: DockHandle | undefined
  const refresh = async (): Promise<void> => {
    const before = verdict
    verdict = await verdictIn(reportFile(reportDir, 'client'), before)
    if (verdict !== before) entry?.update({ description: verdict })
  }
  /** Reads one after the other, so that what was written last is what the dock says last. */
  let reading: Promise<void> = Promise.resolve()
  const follow = (): Promise<void> => (reading = reading.then(refresh))
  let pause: NodeJS.Timeout | undefined
  return {
    name: 'paceline:devtools',
    // `vite preview` has them from delivery.
    apply: (_config, { command, isPreview }) => command === 'serve' && isPreview !== true,
    configResolved({ root }) {
      reportDir = resolve(root, dir)
    },
    configureServer({ middlewares, watcher }) {
      middlewares.use(reportPages(reportDir))
      const file = reportFile(reportDir, 'client')
      // Vite itself watches the root, and the folder may lie elsewhere; it has to be there then, or the next start is what sees it. Closing the
      // server ends its watcher, with our listener.
      watcher.add(file)
      watcher.on('all', (_event, path) => {
        if (comparablePath(path) !== comparablePath(file)) return
        clearTimeout(pause)
        pause = setTimeout(follow, PAUSE_MS).unref()
      })
    },
    devtools: {
      async setup({ docks }) {
        await follow()
        const shared = { category: 'performance', type: 'iframe' } as const
        entry = docks.register({
          ...shared,
          defaultOrder: 1,
          id: 'paceline:report',
          title: 'Paceline',
          description: verdict,
          icon: REPORT_ICON,
          url: PAGES.report,
        })
        docks.register({
          ...shared,
          defaultOrder: 0,
          id: 'paceline:treemap',
          title: 'Paceline treemap',
          description: 'What the last build is made of, in exact bytes',
          icon: TREEMAP_ICON,
          url: PAGES.treemap,
        })
      },
    },
  }
}

/**
 * What the dock says of a report.
 *
 * @param before what it said until now, which stands while the file is damaged: somebody may be writing it
 */
async function verdictIn(file: string, before: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return NO_BUILD
  try {
    return verdictOf(parseReport(text, file))
  } catch {
    return before
  }
}

function verdictOf({ budgets }: BuildReport): string {
  if (budgets.length === 0) return 'The last build has no budgets'
  const overrun = budgets.filter(({ status }) => status === 'fail' || status === 'warn').length
  return overrun === 0
    ? `All ${budgets.length} budgets of the last build hold`
    : `${overrun} of ${budgets.length} budgets of the last build overrun`
}
