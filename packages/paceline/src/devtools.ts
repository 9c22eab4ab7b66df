import { resolve } from 'node:path'
import { readReport, reportFile, type BuildReport } from '@paceline/build-graph'
import { reportPages } from '@paceline/delivery/server'
import type { Plugin } from 'vite'

/** What of Vite DevTools we use; `@vitejs/devtools-kit` has the whole of it, and is nothing that an app must install. */
export interface DevtoolsContext {
  readonly docks: { register(entry: DockEntry): unknown }
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
  return {
    name: 'paceline:devtools',
    // `vite preview` has them from delivery.
    apply: (_config, { command, isPreview }) => command === 'serve' && isPreview !== true,
    configResolved({ root }) {
      reportDir = resolve(root, dir)
    },
    configureServer({ middlewares }) {
      middlewares.use(reportPages(reportDir))
    },
    devtools: {
      async setup({ docks }) {
        const verdict = await verdictIn(reportDir)
        const shared = { category: 'performance', type: 'iframe' } as const
        docks.register({
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

async function verdictIn(reportDir: string): Promise<string> {
  const report: BuildReport | undefined = await readReport(reportFile(reportDir, 'client')).catch(() => undefined)
  if (report === undefined) return 'No build yet: `vite build` makes the report'
  const statuses = report.budgets.map(({ status }) => status)
  const overrun = statuses.filter((status) => status === 'fail' || status === 'warn').length
  return overrun === 0
    ? `All ${statuses.length} budgets of the last build hold`
    : `${overrun} of ${statuses.length} budgets of the last build overrun`
}
