import type { BuildReport } from '@paceline/build-graph'
import { formatBytes, formatDelta } from '@paceline/kit'
import type { LoadFigures, PackageChange, ReportDiff } from '../../diff/report-diff.ts'
import { isOwnChange } from '../../diff/is-own-change.ts'
import { formatPlace, plainId } from '@paceline/build-graph'
import { formatAmount } from '../../terminal/format-amount.ts'
import { code } from './markdown-text.ts'
import type { Section } from './markdown-text.ts'

/** What changed, folded: routes, packages, chunks, modules, chains of the new imports. */
export function diffSections(diff: ReportDiff): Section[] {
  const folded = true
  return [
    {
      title: 'Routes that changed',
      intro: 'First load: what somebody who lands there downloads, in brotli.',
      head: ['Route', 'First load', 'Change', 'Requests', 'Depth', 'Navigation'],
      rows: diff.routes.map(({ id, status, firstLoad, navigation }) => [
        code(id) + mark(status),
        formatBytes(firstLoad.after.brotli),
        formatDelta(firstLoad.delta.brotli),
        counted(firstLoad.after, firstLoad.delta, 'requests'),
        counted(firstLoad.after, firstLoad.delta, 'depth'),
        formatDelta(navigation.delta.brotli),
      ]),
      folded,
    },
    {
      title: 'Packages that changed',
      head: ['Package', 'Version', 'brotli', 'Change'],
      text: 2,
      rows: diff.packages
        .filter(isOwnChange)
        .map((change) => [
          code(change.name) + mark(change.status) + (change.newDuplicates ? ' ⚠️ bundled more than once' : ''),
          versions(change),
          formatBytes(change.after.brotli),
          formatDelta(change.delta.brotli),
        ]),
      folded,
    },
    {
      title: 'Chunks that changed',
      head: ['Chunk', 'raw', 'brotli', 'Change'],
      rows: diff.chunks
        .filter(isOwnChange)
        .map(({ file, status, after, delta }) => [
          code(file) + mark(status),
          formatBytes(after.raw),
          formatBytes(after.brotli),
          formatDelta(delta.brotli),
        ]),
      folded,
    },
    {
      title: 'Modules that changed',
      head: ['Module', 'brotli', 'Change'],
      rows: diff.modules
        .slice(0, 100)
        .map(({ id, status, after, delta }) => [
          code(plainId(id)) + mark(status),
          formatBytes(after.brotli),
          formatDelta(delta.brotli),
        ]),
      folded,
    },
    {
      title: 'Import chains',
      head: ['Import', 'Chain from the entry'],
      text: 2,
      rows: diff.causes.map(({ edge, chain }) => [
        code(plainId(edge.importee)),
        [...chain.map(formatPlace), plainId(edge.importee)].map(code).join(' → '),
      ]),
      folded,
    },
  ]
}

/** How the overruns of a report without a baseline got in. */
export function chainSections({ budgets }: BuildReport): Section[] {
  const seen = new Set<string>()
  const rows = budgets.flatMap(({ explain, encoding }) =>
    (explain?.chains ?? []).flatMap(({ subject, steps, saves }) => {
      const chain = [...steps.map(formatPlace), plainId(subject)].map(code).join(' → ')
      if (seen.has(chain) || seen.size >= 10) return []
      seen.add(chain)
      return [[code(plainId(subject)), chain, saves > 0 ? `${formatDelta(-saves)} ${encoding}` : '']]
    }),
  )
  return [
    { title: 'How it got in', head: ['Import', 'Chain from the entry', 'Removing it'], text: 2, rows, folded: false },
  ]
}

/** The state of a build, folded: every verdict, and its routes. */
export function reportSections(report: BuildReport): Section[] {
  return [
    {
      title: 'All budgets',
      head: ['Budget', 'Actual', 'Limit'],
      rows: report.budgets.map(({ name, status, actual, limit, unit, encoding }) => [
        `${{ pass: '✅', warn: '⚠️', fail: '❌', exempt: '➖' }[status]} ${code(name)}`,
        formatAmount(actual, unit) + (unit === 'bytes' ? ` ${encoding}` : ''),
        status === 'exempt' ? '' : formatAmount(limit, unit),
      ]),
      folded: true,
    },
    {
      title: 'All routes',
      head: ['Route', 'First load, brotli', 'Requests', 'Navigation, brotli'],
      rows: report.routes.map(({ id, firstLoad, navigation }) => [
        code(id),
        formatBytes(firstLoad.brotli),
        String(firstLoad.requests),
        formatBytes(navigation.brotli),
      ]),
      folded: true,
    },
  ]
}

function mark(status: 'added' | 'removed' | 'changed'): string {
  return status === 'changed' ? '' : status === 'added' ? ' new' : ' gone'
}

function versions({ versionBefore, versionAfter }: PackageChange): string {
  if (versionBefore === undefined || versionAfter === undefined) return code(versionAfter ?? versionBefore ?? '')
  return versionBefore === versionAfter ? code(versionAfter) : `${code(versionBefore)} → ${code(versionAfter)}`
}

function counted(after: LoadFigures, delta: LoadFigures, key: 'requests' | 'depth'): string {
  const change = delta[key]
  return change === 0 ? String(after[key]) : `${after[key]} (${change > 0 ? '+' : '−'}${Math.abs(change)})`
}
