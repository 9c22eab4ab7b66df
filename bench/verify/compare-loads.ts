import type { BuildReport } from '@paceline/build-graph'
import { chromium } from '@playwright/test'
import { downloadedFiles } from '../../e2e/support/downloaded-files.ts'
import { readEnvironment } from '../../e2e/support/environment.ts'

/** What Chromium downloads on a cold visit of each route, against the route's first load. */
export async function compareLoads(
  report: BuildReport,
  site: string,
  addresses: ReadonlyMap<string, string>,
): Promise<string[]> {
  const { chromium: executablePath, flags } = readEnvironment(process.env)
  const browser = await chromium.launch({ args: flags, ...(executablePath === undefined ? {} : { executablePath }) })
  const problems: string[] = []
  try {
    const page = await browser.newPage()
    for (const { path, firstLoad } of report.routes) {
      if (path === undefined) continue
      const address = addresses.get(path) ?? path.replace(/\*$/, 'no-such-page').replaceAll(/:\w+/g, '1')
      const files = await downloadedFiles(page, new URL(address, site).href)
      const downloaded = new Set([...(files.script ?? []), ...(files.stylesheet ?? [])].map(({ file }) => file))
      const expected = new Set(firstLoad.files.filter((file) => /\.(?:m?js|css)$/.test(file)))
      const extra = [...downloaded].filter((file) => !expected.has(file)).map((file) => `+${file}`)
      const missing = [...expected].filter((file) => !downloaded.has(file)).map((file) => `−${file}`)
      if (extra.length + missing.length > 0) problems.push(`${path} downloads ${[...extra, ...missing].join(' ')}`)
    }
  } finally {
    await browser.close()
  }
  return problems
}
