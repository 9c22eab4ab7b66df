import { basename, join } from 'node:path'
import { reportFile, writeAtomic, type BuildReport } from '@paceline/build-graph'
import { renderReportHtml } from '../formats/html/render-report-html.ts'
import { renderTreemapHtml } from '../formats/treemap/render-treemap-html.ts'

/**
 * Writes `report.html` and `treemap.html` beside the report; `report.<name>.html` for further client environments.
 *
 * @returns the path of the report's page
 */
export async function writePages(
  report: BuildReport,
  dir: string,
  environment: string,
  baseline: BuildReport | undefined,
): Promise<string> {
  const name = basename(reportFile(dir, environment), '.json')
  const page = join(dir, `${name}.html`)
  const treemap = `${name.replace(/^report/, 'treemap')}.html`
  await writeAtomic(page, renderReportHtml(report, { baseline, treemap }))
  await writeAtomic(join(dir, treemap), await renderTreemapHtml(report))
  return page
}
