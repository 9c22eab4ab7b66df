import { createHash } from 'node:crypto'
import type { BuildReport, ChainStep } from '@paceline/build-graph'
import type { ReportDiff } from '../../diff/report-diff.ts'
import { formatPlace, plainId } from '@paceline/build-graph'
import { acceptedFindings, findingsOf } from '../findings.ts'
import type { Finding } from '../findings.ts'
import { isSource, sourcePath } from '../locate.ts'
import type { Location, SourceOptions } from '../locate.ts'
import { sarifRule } from './sarif-rules.ts'

export interface SarifOptions extends SourceOptions {
  readonly diff?: ReportDiff
  /** Version of Paceline. */
  readonly version?: string
}

/**
 * SARIF 2.1.0 with the properties that GitHub's code scanning reads. A result lies at the importing line; its
 * fingerprint is made of names only, so it is the same alert after lines moved or bytes changed.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: BuildReport, options: SarifOptions = {}): string {
  // Code scanning refuses results without a location; the file with the budgets is the next best place.
  const located = { configFile: 'vite.config.ts', ...options }
  const findings = [...findingsOf(report, options.diff, located), ...acceptedFindings(report, located)]
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Paceline',
            ...(options.version === undefined ? {} : { semanticVersion: options.version, version: options.version }),
            rules: rules.map(describeRule),
          },
        },
        automationDetails: { id: 'paceline/' },
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => describeResult(finding, rules, located)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function describeRule(id: string): object {
  const { name, short, full, help } = sarifRule(id)
  return {
    id,
    name,
    shortDescription: { text: `${short}.` },
    fullDescription: { text: full },
    help: { text: help.replaceAll('`', ''), markdown: help },
    defaultConfiguration: { level: id === 'import/new' ? 'note' : 'error' },
    properties: { tags: ['performance', 'bundle-size'] },
  }
}

function describeResult(finding: Finding, rules: readonly string[], options: SourceOptions): object {
  const { rule, level, message, location, chain, identity, accepted } = finding
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level,
    message: { text: message },
    locations: location ? [{ physicalLocation: physical(location) }] : [],
    relatedLocations: chain.filter(({ importer }) => isSource(importer)).map((step, id) => related(step, id, options)),
    ...(accepted === undefined
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: accepted }] }),
    partialFingerprints: { 'paceline/v1': fingerprint([rule, ...identity]) },
  }
}

function related(step: ChainStep, id: number, options: SourceOptions): object {
  const { importer, line } = step
  const location: Location = { file: sourcePath(importer, options), ...(line === undefined ? {} : { line }) }
  return {
    id,
    physicalLocation: physical(location),
    message: { text: `${formatPlace(step)} imports ${plainId(step.importee)}` },
  }
}

function physical({ file, line }: Location): object {
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: line ?? 1 } }
}

function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)
}
