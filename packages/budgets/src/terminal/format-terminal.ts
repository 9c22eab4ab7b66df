import type { BudgetResult, Explanation, ImportChain } from '@paceline/build-graph'
import { fill, formatBytes } from '@paceline/kit'
import pc from 'picocolors'
import { plainId, writeChain } from '@paceline/build-graph'
import { byMargin, marginOf } from '../formats/figures.ts'
import { formatAmount, formatVerdict } from './format-amount.ts'

export interface TerminalOptions {
  /**
   * Width that lists are wrapped to. Paths are never cut.
   *
   * @default 100
   */
  readonly columns?: number | undefined
  /** @default whether the terminal has colours; `NO_COLOR` turns them off */
  readonly color?: boolean | undefined
  /** Where the full report is; named at the end when something is over. */
  readonly reportFile?: string | undefined
}

type Colors = ReturnType<typeof pc.createColors>

interface Page {
  readonly columns: number
  readonly colors: Colors
  /** Causes already explained, and the budget they were explained for. */
  readonly told: Map<string, string>
}

const CHAINS = 3
const LABEL = 19

/** All verdicts as one block: what is over, each with its explanation, and the rest in one line. */
export function formatTerminal(results: readonly BudgetResult[], options: TerminalOptions = {}): string {
  const colors = pc.createColors(options.color ?? pc.isColorSupported)
  const columns = Math.max(options.columns ?? 100, 40)
  const failed = results.filter(({ status }) => status === 'fail')
  const warned = results.filter(({ status }) => status === 'warn')
  const passed = results.filter(({ status }) => status === 'pass')
  const exempt = results.filter(({ status }) => status === 'exempt')
  const told = new Map<string, string>()
  const blocks = [...failed, ...warned].map((result) => formatOverrun(result, { columns, colors, told }))
  const name = colors.cyan('paceline')
  if (passed.length > 0) blocks.push(`${colors.green('✓')} ${formatPassed(passed, colors)}`)
  if (exempt.length > 0) {
    const list = exempt.map(({ name, actual, unit }) => `${name} ${formatAmount(actual, unit)}`)
    blocks.push(fill(`  ${colors.dim('no limit on')} `, list, columns, 4))
  }
  if (failed.length + warned.length > 0 && options.reportFile) {
    blocks.push(colors.dim(`  details in ${options.reportFile}`))
  }
  const head = headline(failed.length, warned.length, passed.length)
  return head === undefined ? `${name} ${blocks.join('\n')}` : [`${name} ${colors.bold(head)}`, ...blocks].join('\n')
}

/** Nothing when everything holds: the line about the passes says so. */
function headline(failed: number, warned: number, passed: number): string | undefined {
  const count = failed + warned + passed
  if (count === 0) return 'no budgets'
  if (failed + warned === 0) return undefined
  const of = `of ${count} ${count === 1 ? 'budget' : 'budgets'} overrun`
  if (warned === 0) return `${failed} ${of}`
  return failed === 0 ? `${warned} ${of}, warning only` : `${failed + warned} ${of}, ${warned} of them a warning only`
}

/** Passes are one line: how many, and the one that will break first. */
function formatPassed(passed: readonly BudgetResult[], colors: Colors): string {
  const tightest = passed.toSorted(byMargin)[0]!
  const noun = passed.length === 1 ? 'budget holds' : 'budgets hold'
  if (marginOf(tightest) === Infinity) return `${passed.length} ${noun}`
  const { name, actual, limit, unit } = tightest
  const left = unit === 'depth' ? `${limit - actual}` : formatAmount(limit - actual, unit)
  const share = Number((marginOf(tightest) * 100).toFixed(1))
  return `${passed.length} ${noun}, tightest: ${name} ${colors.dim(`${left} left (${share} %)`)}`
}

function formatOverrun(result: BudgetResult, page: Page): string {
  const { name, unit, encoding, status, explain } = result
  const { colors } = page
  const mark = status === 'fail' ? colors.red('✗') : colors.yellow('!')
  const paint = status === 'fail' ? colors.red : colors.yellow
  const kind = unit === 'bytes' || unit === 'percent' ? colors.dim(` (${encoding})`) : ''
  const lines = [`${mark} ${colors.bold(name)}  ${paint(formatVerdict(result))}${kind}`]
  if (explain) lines.push(...formatExplanation(explain, result, page))
  return lines.join('\n')
}

function formatExplanation(explain: Explanation, result: BudgetResult, page: Page): string[] {
  const { colors, columns, told } = page
  // Parts of a zstd stream are estimates; every other figure is exact.
  const about = result.encoding === 'zstd' ? '≈' : ''
  const size = (bytes: number): string => `${about}${formatBytes(bytes)}`
  const row = (label: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [fill(`    ${colors.dim(label.padEnd(LABEL))}`, items, columns, 4 + LABEL)]
  const { grew = [], packages, modules, files, chains } = explain
  // One import can overrun thirty routes: it is named for each, the way to it and what else weighs is said once.
  let news = chains.length === 0
  const weighed = chains.slice(0, CHAINS).flatMap((chain) => {
    const lines = formatChain(chain, result, size, page)
    const before = told.get(lines.join('\n'))
    if (before !== undefined) return [lines[0]! + colors.dim(`, as for ${before}`)]
    told.set(lines.join('\n'), result.name)
    news = true
    return lines
  })
  if (!news) return weighed
  const countsFiles = modules.length === 0 || result.kind === 'coverage' || isCount(result)
  const named = files.slice(0, 5).map((item) => `${item.file} ${formatBytes(item.size)}`)
  const parts = countsFiles
    ? row('files', named)
    : [
        // Pictures and fonts, which may be most of it, are of no package and no module.
        ...row('heaviest files', result.kind === 'precache' ? named : []),
        ...row(
          'heaviest packages',
          (result.kind === 'package' ? [] : packages.slice(0, 5)).map((item) => `${item.name} ${size(item.size)}`),
        ),
        ...row(
          'heaviest modules',
          modules.slice(0, 3).map((item) => `${plainId(item.id)} ${size(item.size)}`),
        ),
      ]
  const grown = grew
    .slice(0, 5)
    .map((item) => `${plainId(item.id)} +${size(item.size)}${item.before === 0 ? ' (new)' : ''}`)
  // What was there before is not to blame for growth.
  const blamed = result.kind === 'growth' && grown.length > 0 ? [] : parts
  return [...row('grew', grown), ...blamed, ...weighed]
}

function isCount({ unit }: BudgetResult): boolean {
  return unit === 'requests' || unit === 'depth'
}

/** The import to remove and what that saves, then how the app gets there. */
function formatChain(
  chain: ImportChain,
  result: BudgetResult,
  size: (bytes: number) => string,
  { colors, columns }: Page,
): string[] {
  const { cut, via } = writeChain(chain)
  const saves = chain.saves > 0 ? `removing it saves ${size(chain.saves)}` : 'other imports keep it in'
  const said = isCount(result) ? [] : [colors.dim(saves)]
  const first = fill('    ', [colors.cyan(cut), ...said], columns, 6, '  ')
  if (via.length === 0) return [first]
  return [first, fill(`      ${colors.dim('via')} `, via, columns, 10, ' → ')]
}
