import type { BuildReport } from '@paceline/build-graph'
import { treemapData } from './treemap-data.ts'
import { visualizerPage } from './visualizer-page.ts'

/**
 * rollup-plugin-visualizer's treemap page with the exact figures of the report: raw, gzip and brotli bytes as served.
 *
 * @throws `PACELINE_TREEMAP_UNSUPPORTED` when the installed visualizer cannot be filled
 */
export function renderTreemapHtml(report: BuildReport): Promise<string> {
  return visualizerPage(`Paceline: what ${report.release} serves`, (empty) => ({
    ...empty,
    ...treemapData(report),
    env: { paceline: report.release },
    options: { gzip: true, brotli: true, sourcemap: false },
  }))
}
