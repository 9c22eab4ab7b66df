import { basename, join } from 'node:path'
import { reportFile, type BuildReport } from '@paceline/build-graph'
import { writeAtomic } from '@paceline/kit'
import type { Baseline } from '../baseline/resolve-baseline.ts'
import { renderReportHtml } from '../formats/html/render-report-html.ts'
import { renderTreemapHtml } from '../formats/treemap/render-treemap-html.ts'

/**
 * Writes `report.html` and `treemap.html` beside the report; `report.<name>.html` for further client environments.
 *
 * @returns the paths of both
 */
export async function writePages(
  report: BuildReport,
  dir: string,
  environment: string,
  baseline: Baseline | undefined,
): Promise<{ readonly report: string; readonly treemap: string }> {
  const name = basename(reportFile(dir, environment), '.json')
  const treemap = `${name.replace(/^report/, 'treemap')}.html`
  const written = { report: join(dir, `${name}.html`), treemap: join(dir, treemap) }
  const options = { treemap, baseline: baseline?.report, baselineName: baseline?.name }
  await writeAtomic(written.report, renderReportHtml(report, options))
  await writeAtomic(written.treemap, await renderTreemapHtml(report))
  return written
}
