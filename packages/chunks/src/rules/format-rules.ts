import { plainId, writeChain, type RuleResult, type RuleViolation } from '@paceline/build-graph'
import { fill, formatBytes } from '@paceline/kit'
import pc from 'picocolors'

export interface FormatRulesOptions {
  /**
   * Width that chains are wrapped to. Paths are never cut.
   *
   * @default 100
   */
  readonly columns?: number | undefined
  /** @default whether the terminal has colours; `NO_COLOR` turns them off */
  readonly color?: boolean | undefined
}

type Colors = ReturnType<typeof pc.createColors>

/** Violations of one rule that are written out; the report has them all. */
const LISTED = 5

/**
 * What the rules say, as one block for the terminal: each violation with what it costs, the shortest chain to it, and
 * what would mend it.
 *
 * @returns nothing when there is nothing to say: all rules hold and none is suppressed
 */
export function formatRules(results: readonly RuleResult[], options: FormatRulesOptions = {}): string | undefined {
  const colors = pc.createColors(options.color ?? pc.isColorSupported)
  const columns = Math.max(options.columns ?? 100, 40)
  const broken = [
    ...results.filter(({ status }) => status === 'fail'),
    ...results.filter(({ status }) => status === 'warn'),
  ]
  const suppressed = results.flatMap((result) =>
    (result.suppressed ?? []).map((one) => ({ ...one, rule: result.rule })),
  )
  if (broken.length + suppressed.length === 0) return undefined
  const failed = broken.filter(({ status }) => status === 'fail').length
  const blocks = broken.map((result) => formatRule(result, columns, colors))
  const accepted = suppressed.map(
    ({ rule, subject = '', until, reason }) => `${rule} ${plainId(subject)} until ${until} (${reason})`,
  )
  // One suppression may cover several violations of a subject.
  if (accepted.length > 0) blocks.push(fill(`  ${colors.dim('suppressed')} `, [...new Set(accepted)], columns, 4))
  const head = headline(results.length, broken.length, failed)
  return [`${colors.cyan('paceline')} ${colors.bold(head)}`, ...blocks].join('\n')
}

function headline(count: number, broken: number, failed: number): string {
  const rules = count === 1 ? 'rule' : 'rules'
  if (broken === 0) return count === 1 ? 'the rule holds' : `all ${count} rules hold`
  if (failed === 0) return `${broken} of ${count} ${rules} broken, warning only`
  const warned = broken - failed
  return `${broken} of ${count} ${rules} broken${warned > 0 ? `, ${warned} of them a warning only` : ''}`
}

function formatRule({ rule, status, violations }: RuleResult, columns: number, colors: Colors): string {
  const shown = violations.slice(0, LISTED)
  const more = violations.length - shown.length
  const lines = shown.map((violation) => formatViolation(rule, status, violation, columns, colors))
  if (more > 0) lines.push(colors.dim(`    … and ${more} more of ${rule} in the report`))
  return lines.join('\n')
}

function formatViolation(
  rule: string,
  status: RuleResult['status'],
  { message, chain, bytes, fix, severity }: RuleViolation,
  columns: number,
  colors: Colors,
): string {
  const fails = severity === undefined ? status === 'fail' : severity === 'error'
  const mark = fails ? colors.red('✗') : colors.yellow('!')
  const weight = bytes ? colors.dim(`  ${formatBytes(bytes)} (brotli)`) : ''
  const lines = [`${mark} ${colors.bold(rule)}  ${message.replaceAll('`', '')}${weight}`]
  if (chain.length > 0) {
    const { cut, via } = writeChain({ steps: chain })
    lines.push(`    ${colors.cyan(cut)}`)
    if (via.length > 0) lines.push(fill(`      ${colors.dim('via')} `, via, columns, 10, ' → '))
  }
  if (fix !== undefined) lines.push(`    ${colors.dim(fix.replaceAll('`', ''))}`)
  return lines.join('\n')
}
