import type { RuleViolation } from '@paceline/build-graph'
import { formatBytes, formatDelta } from '@paceline/kit'
import pc from 'picocolors'
import type { Cause, PackageChange, ReportDiff, RuleChange } from '../diff/report-diff.ts'
import { isOwnChange } from '../diff/is-own-change.ts'
import { formatPlace, plainId } from '@paceline/build-graph'
import { formatAmount } from '../terminal/format-amount.ts'
import { causeText } from './findings.ts'

type Colors = ReturnType<typeof pc.createColors>

export interface DiffTextOptions {
  /** @default false */
  readonly color?: boolean
  /** How the baseline is called. */
  readonly baseline?: string
  /** Lines per list. @default 10 */
  readonly rows?: number
}

/** A diff for the terminal: verdicts, causes with their chains, routes, packages, chunks. */
export function renderDiffText(diff: ReportDiff, options: DiffTextOptions = {}): string {
  const colors = pc.createColors(options.color ?? false)
  const rows = options.rows ?? 10
  const against = options.baseline ?? `release ${diff.before}`
  if (diff.before === diff.after && diff.budgets.length + diff.rules.length === 0)
    return `The same output as ${against}, to the byte.\n`
  const { delta, after } = diff.total
  const blocks = [
    [
      `${colors.bold(signed(delta.brotli, colors))} brotli against ${against} ${colors.dim(`(${formatDelta(delta.raw)} raw; now ${formatBytes(after.brotli)} brotli in all files)`)}`,
    ],
    verdicts(diff, rows, colors),
    ...diff.causes.slice(0, rows).map((cause) => causeLines(cause, colors)),
    list('Routes, first load in brotli', diff.routes, rows, colors, ({ id, status, firstLoad }) => [
      id + mark(status),
      formatBytes(firstLoad.after.brotli),
      signed(firstLoad.delta.brotli, colors),
      firstLoad.delta.requests === 0
        ? ''
        : `${firstLoad.after.requests} requests (${firstLoad.delta.requests > 0 ? '+' : ''}${firstLoad.delta.requests})`,
    ]),
    list('Packages, brotli', diff.packages.filter(isOwnChange), rows, colors, (change) => [
      change.name + mark(change.status),
      formatBytes(change.after.brotli),
      signed(change.delta.brotli, colors),
      versions(change),
    ]),
    list(
      'Chunks, brotli',
      diff.chunks.filter(isOwnChange),
      rows,
      colors,
      ({ file, status, after: now, delta: change }) => [
        file + mark(status),
        formatBytes(now.brotli),
        signed(change.brotli, colors),
        '',
      ],
    ),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

function verdicts({ budgets, rules }: ReportDiff, rows: number, colors: Colors): string[] {
  const overruns = budgets.flatMap(({ name, before, after, verdict }) => {
    if (verdict !== 'broke' && verdict !== 'fixed') return []
    const { actual, limit, unit, encoding } = (after ?? before)!
    const figure = `${formatAmount(actual, unit)}${unit === 'bytes' ? ` ${encoding}` : ''} of ${formatAmount(limit, unit)}`
    return [
      verdict === 'broke'
        ? `${colors.red('✗')} ${name} is now over its budget: ${figure}`
        : `${colors.green('✓')} ${name} holds again: ${figure}`,
    ]
  })
  const lines = [...overruns, ...rules.flatMap((change) => ruleLines(change, colors))]
  const more = lines.length > rows ? [colors.dim(`  … and ${lines.length - rows} more verdicts that changed`)] : []
  return [...lines.slice(0, rows), ...more]
}

/** Every violation that is new; of those that are gone whether the rule holds without them. */
function ruleLines({ rule, before, after, broken, fixed }: RuleChange, colors: Colors): string[] {
  const newly = before === 'pass' ? 'is now broken' : 'is broken once more'
  const news = broken.map(({ message, severity }) => {
    const text = message.replaceAll('`', '')
    return severity === 'warn'
      ? `${colors.yellow('!')} ${rule} ${newly}, as a warning: ${text}`
      : `${colors.red('✗')} ${rule} ${newly}: ${text}`
  })
  if (fixed.length === 0) return news
  if (after === 'pass') return [`${colors.green('✓')} ${rule} holds again: ${subjects(fixed)}`]
  return [...news, `${colors.green('✓')} ${rule} is no longer broken by ${subjects(fixed)}`]
}

function subjects(violations: readonly RuleViolation[]): string {
  const names = [...new Set(violations.map(({ subject, message }) => plainId(subject ?? message)))]
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '')
}

function causeLines(cause: Cause, colors: Colors): string[] {
  const chain = [...cause.chain.map(formatPlace), plainId(cause.edge.importee)]
  return [`${colors.yellow('→')} ${causeText(cause)}`, colors.dim(`  ${chain.join(' → ')}`)]
}

function list<Item>(
  title: string,
  items: readonly Item[],
  rows: number,
  colors: Colors,
  cells: (item: Item) => readonly [string, string, string, string],
): string[] {
  if (items.length === 0) return []
  const shown = items.slice(0, rows).map(cells)
  const width = (column: 0 | 1 | 2): number => Math.max(...shown.map((row) => visible(row[column])))
  const [first, second, third] = [width(0), width(1), width(2)]
  const lines = shown.map(([name, now, change, note]) =>
    `  ${name.padEnd(first)}  ${now.padStart(second)}  ${' '.repeat(third - visible(change))}${change}  ${colors.dim(note)}`.trimEnd(),
  )
  const more = items.length > rows ? [colors.dim(`  … and ${items.length - rows} more`)] : []
  return [colors.bold(title), ...lines, ...more]
}

function visible(text: string): number {
  // oxlint-disable-next-line no-control-regex -- ESC starts the colour codes that take no room.
  return text.replaceAll(/\u001B\[\d+m/g, '').length
}

function signed(bytes: number, colors: Colors): string {
  const text = formatDelta(bytes)
  return bytes > 0 ? colors.red(text) : bytes < 0 ? colors.green(text) : text
}

function mark(status: 'added' | 'removed' | 'changed'): string {
  return status === 'changed' ? '' : status === 'added' ? ' (new)' : ' (gone)'
}

function versions({ versionBefore, versionAfter, newDuplicates }: PackageChange): string {
  const copies = newDuplicates ? `; bundled ${newDuplicates.length} times` : ''
  if (versionBefore === undefined || versionAfter === undefined || versionBefore === versionAfter) {
    return (versionAfter ?? versionBefore ?? '') + copies
  }
  return `${versionBefore} → ${versionAfter}${copies}`
}
