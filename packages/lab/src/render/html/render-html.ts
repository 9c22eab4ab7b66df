import { formatBytes } from '@paceline/kit'
import { METRICS } from '../../absolute/judge-limits.ts'
import type { RecordedVisit } from '../../browser/record-visit.ts'
import { COUNT_NAMES, CPU_NAMES, percent } from '../../compare/compare-builds.ts'
import type { RouteComparison } from '../../compare/compare-builds.ts'
import { baselineOf } from '../../result.ts'
import type { LabResult, MeasuredRoute } from '../../result.ts'
import { figure, interval, METRIC_NAMES, sparkline } from '../figures.ts'
import { escape } from './escape.ts'
import { STYLE } from './style.ts'
import { renderVisit } from './waterfall.ts'

const VERDICTS = {
  holds: 'The contract holds',
  broken: 'The contract does not hold',
  unknown: 'It could not be told whether the contract holds',
}

/** A page of its own with everything in it: it asks nobody for anything. */
export function renderHtml(result: LabResult, recorded: readonly RecordedVisit[]): string {
  const against = result.baseline === undefined ? '' : ` against ${result.baseline}`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Lab: ${VERDICTS[result.verdict]}</title><style>${STYLE}</style></head><body>
<h1 class="${result.verdict}">${VERDICTS[result.verdict]}</h1>
<p class="dim">${escape(result.site + against)}, Chromium ${escape(result.browser)}</p>
${(result.notes ?? []).map((note) => `<p class="dim">${escape(note)}</p>`).join('\n')}
${(result.comparisons ?? []).map(comparison).join('\n')}
${result.measurements.map((one) => measurement(one, baselineOf(result, one))).join('\n')}
${recorded.map(renderVisit).join('\n')}
</body></html>
`
}

function measurement(one: MeasuredRoute, before: MeasuredRoute | undefined): string {
  const rows = METRICS.flatMap((metric) => {
    const median = one.metrics[metric]
    const verdict = one.verdicts.find((candidate) => candidate.metric === metric)
    if (!median && !verdict) return []
    const other = before?.metrics[metric]
    const limit = verdict === undefined ? '' : figure(metric, verdict.limit) + (verdict.close ? ' (close)' : '')
    return [
      `<tr><th scope="row">${METRIC_NAMES[metric]}</th><td class="${verdict?.status ?? ''}">${median ? figure(metric, median.median) : 'not known'}</td>
<td>${median ? interval(metric, median) : ''}</td><td>${median ? sparkline(median) : ''}</td><td>${limit}</td>${before ? `<td>${other ? figure(metric, other.median) : ''}</td>` : ''}</tr>`,
    ]
  })
  const { all } = one.requests
  return `<h2>${escape(one.route)} on ${escape(one.profile)}, ${one.kind} visit</h2>
<p class="dim">Median of ${one.runs}; ${all ? `${all.requests} requests, ${formatBytes(all.transferred)}` : 'no requests'}.${one.notes.map((note) => ` ${escape(note)}.`).join('')}</p>
<div class="scroll"><table><thead><tr><th></th><th>median</th><th>interval</th><th>visits</th><th>limit</th>${before ? '<th>baseline</th>' : ''}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function comparison(one: RouteComparison): string {
  const verdict = { holds: 'no slower', slower: 'slower', noisy: 'too noisy to tell' }[one.verdict]
  const row = (cells: readonly string[], status: string, name = ''): string =>
    `<tr>${cells.map((cell, index) => `<td${index === 0 ? ` class="name"` : ''}>${cell}</td>`).join('')}<td class="${status}">${status}${name}</td></tr>`
  const counts = one.counts.map((count) =>
    row(
      [
        COUNT_NAMES[count.name],
        count.baseline.toLocaleString('en'),
        count.candidate.toLocaleString('en'),
        percent(count.ratio),
        `±${(count.noise * 50).toFixed(1)} %`,
      ],
      count.status,
    ),
  )
  const times = one.cpu.map((time) =>
    row(
      [
        CPU_NAMES[time.name],
        `${time.baseline.toFixed(1)} ms`,
        `${time.candidate.toFixed(1)} ms`,
        percent(time.ratio),
        `${percent(time.low)} to ${percent(time.high)}`,
      ],
      time.status,
    ),
  )
  const modules = one.modules
    .slice(0, 40)
    .map((module) =>
      row(
        [
          escape(module.name),
          module.baseline.toLocaleString('en'),
          module.candidate.toLocaleString('en'),
          Number.isFinite(module.ratio) ? `${module.ratio.toFixed(2)}×` : 'new',
          `±${(module.noise * 50).toFixed(1)} %`,
        ],
        module.status,
      ),
    )
  const head = (first: string): string =>
    `<thead><tr><th>${first}</th><th>baseline</th><th>candidate</th><th>change</th><th>spread</th><th></th></tr></thead>`
  return `<h2>${escape(one.route)}: <span class="${one.verdict}">${verdict}</span></h2>
${one.reasons.map((reason) => `<p class="${one.verdict}">${escape(reason)}</p>`).join('')}
<div class="scroll"><table>${head('')}<tbody>${counts.join('')}${times.join('')}</tbody></table></div>
${modules.length > 0 ? `<h3>Work by module</h3><p class="dim">Tokens of its code that ran, by V8's block counts.</p><div class="scroll"><table>${head('module')}<tbody>${modules.join('')}</tbody></table></div>` : '<p class="dim">No module does more or less work.</p>'}`
}
