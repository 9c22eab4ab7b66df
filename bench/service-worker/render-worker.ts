import { formatBytes } from '@paceline/kit'
import type { Machine } from '../lib/machine.ts'
import { table } from '../lib/render-units.ts'
import type { WorkerResults } from './measure-worker.ts'

/** Of the results, the section about the service worker. */
export function renderWorker(results: WorkerResults, date: string, machine: Machine, chromium: string): string {
  const { first, repeat, also, lcp, install, update, path, rounds } = results
  const rows = [
    [
      'bytes of a repeated visit',
      formatBytes(first.bytes.median),
      formatBytes(repeat.bytes.median),
      percent(repeat.bytes.median / first.bytes.median),
      '≤ 1 %',
    ],
    [
      'of them files of the build, and the look for a new one',
      '',
      formatBytes(repeat.ofBuild.median),
      percent(repeat.ofBuild.median / first.bytes.median),
      '',
    ],
    [
      'its requests for files of the build answered from caches',
      '',
      '',
      percent(repeat.fromCacheOfBuild.median),
      '> 95 %',
    ],
    ['all of its requests, those for the API and the beacon included', '', '', percent(repeat.fromCache.median), ''],
    [
      `bytes of a repeated visit of \`${also.path}\``,
      formatBytes(also.first.bytes.median),
      formatBytes(also.repeat.bytes.median),
      percent(also.repeat.bytes.median / also.first.bytes.median),
      '≤ 1 %',
    ],
    ['all of its requests there', '', '', percent(also.repeat.fromCache.median), '> 95 %'],
    [
      `first contentful paint of \`${path}\``,
      time(first.fcp.median),
      time(repeat.fcp.median),
      percent(repeat.fcp.median / first.fcp.median),
      '≤ 50 %',
    ],
    [
      `installation of ${install.files} files, ${formatBytes(install.bytes)}`,
      `${time(install.workbox.median)} (Workbox)`,
      time(install.ours.median),
      percent(install.ours.median / install.workbox.median),
      '≤ 40 %',
    ],
    [
      'update after one line was changed',
      formatBytes(update.precache),
      formatBytes(update.bytes),
      percent(update.bytes / update.precache),
      '≤ 2 %',
    ],
  ]
  const { mean, low, high, pairs } = lcp.difference
  return `# Service worker

${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, Chromium ${chromium}. The playground at \`${path}\` over a link of 150 ms and 1.6 Mbit/s, with \`serviceWorker: { precache: 'all' }\`; medians of ${rounds} rounds. The first visit is one of a build without a worker. Installations begin with an empty HTTP cache.

${table(['', 'first visit, or what it is compared with', 'with the worker', 'share', 'goal'], rows)}

What a repeated visit of \`${path}\` asks of the network: ${repeat.network.map(({ method, path: asked, bytes }) => `\`${method} ${asked}\` (${formatBytes(bytes)})`).join(', ')}.

The largest contentful paint of a first visit comes at ${time(lcp.without.median)} without the worker and at ${time(lcp.with.median)} with it: ${mean.toFixed(0)} ms of difference, 95 % interval ${low.toFixed(0)} to ${high.toFixed(0)} ms, ${pairs} pairs.
`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`
}

function time(ms: number): string {
  return `${Math.round(ms)} ms`
}
