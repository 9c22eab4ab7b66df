import type { Plugin } from 'vite'
import type { BuildReport } from './report.ts'

/** What other plugins may say in a report. */
type ReportSection = Pick<BuildReport, 'ledger' | 'cache' | 'images' | 'serviceWorker' | 'sla' | 'vitals'>

/** A plugin with a section: none of them needs to know this package for it. */
interface ReportingApi {
  reportSection?(environmentName: string): ReportSection
}

/**
 * What the plugins of a config have to say about the build of an environment. Of several instances of one plugin the first counts, as everywhere.
 */
export function reportSections(plugins: readonly Plugin[], environmentName: string): ReportSection {
  const names = new Set<string>()
  const sections = plugins.flatMap(({ name, api }) => {
    const { reportSection } = (api ?? {}) as ReportingApi
    if (!reportSection || !name.startsWith('paceline:') || names.has(name)) return []
    names.add(name)
    return [reportSection(environmentName)]
  })
  return Object.assign({}, ...sections) as ReportSection
}
