import { formatBytes } from '@paceline/kit'
import type { RecordedVisit } from '../../browser/record-visit.ts'
import { figure, METRIC_NAMES } from '../figures.ts'
import { escape } from './escape.ts'

const KINDS = ['document', 'script', 'stylesheet', 'image', 'font', 'fetch', 'other'] as const
const MARKS = ['fcp', 'lcp', 'tti'] as const

/** Pictures, requests and long tasks of one visit over one time axis. */
export function renderVisit({ route, profile, visit, film, tasks }: RecordedVisit): string {
  const { metrics, requests } = visit
  const ends = requests.map(({ end }) => end).filter(Number.isFinite)
  const last = Math.max(metrics.tti ?? 0, metrics.lcp ?? 0, ...ends, ...tasks.map(({ end }) => end), 1)
  const percent = (ms: number): string => `${Math.max(0, Math.min(100, (ms / last) * 100)).toFixed(2)}%`
  const bar = (start: number, end: number, color: string, title: string): string => {
    const until = Number.isFinite(end) ? end : last
    return `<span class="bar" style="left:${percent(start)};width:calc(${percent(until)} - ${percent(start)});background:var(--${color})" title="${escape(title)}"></span>`
  }
  const marks = MARKS.map((metric) => metrics[metric])
    .map((ms) => (ms === undefined ? '' : `<span class="mark" style="left:${percent(ms)}"></span>`))
    .join('')
  const row = (label: string, inner: string): string =>
    `<div class="row"><span class="label" title="${escape(label)}">${escape(label)}</span><span class="track">${marks}${inner}</span></div>`
  const lines = requests
    .toSorted((a, b) => a.start - b.start)
    .map(({ url, kind, start, end, transferred, from, failed }) => {
      const how = failed ?? (from === 'network' ? formatBytes(transferred) : `from the ${from}`)
      return row(shortName(url), bar(start, end, kind, `${url}: ${how}, ${Math.round(start)} to ${Math.round(end)} ms`))
    })
  const blocked = row(
    'main thread',
    tasks
      .map(({ start, end, parts }) => bar(start, end, 'task', `${Math.round(end - start)} ms ${parts[0]?.name ?? ''}`))
      .join(''),
  )
  const shown = MARKS.filter((metric) => metrics[metric] !== undefined)
  const captions = shown.map((metric) => `${METRIC_NAMES[metric]} ${figure(metric, metrics[metric]!)}`).join(', ')
  return `<h3>One visit of ${escape(route)} on ${escape(profile)}</h3>
<p class="dim">Recorded beside the visits that count. Lines: ${escape(captions)}.</p>
${filmStrip(film)}
<p class="legend">${KINDS.map((kind) => `<span><i style="background:var(--${kind})"></i>${kind}</span>`).join('')}<span><i style="background:var(--task)"></i>long task</span></p>
<div class="waterfall">${blocked}${lines.join('')}</div>
${taskTable(tasks)}`
}

function filmStrip(film: RecordedVisit['film']): string {
  const pictures = film.map(
    ({ at, data }) =>
      `<figure><img alt="The page after ${Math.round(at)} ms" src="data:image/jpeg;base64,${data}"><figcaption>${figure('fcp', at)}</figcaption></figure>`,
  )
  return pictures.length === 0 ? '' : `<div class="film" tabindex="0" aria-label="Film">${pictures.join('')}</div>`
}

function taskTable(tasks: RecordedVisit['tasks']): string {
  if (tasks.length === 0) return '<p class="dim">No task of 50 ms or more.</p>'
  const rows = tasks.map(({ start, end, parts }) => {
    const names = parts
      .slice(0, 3)
      .map(({ name, ms }) => `${escape(name)} <span class="dim">${Math.round(ms)} ms</span>`)
    return `<tr><td>${figure('tti', start)}</td><td>${Math.round(end - start)} ms</td><td class="name">${names.join('<br>') || '<span class="dim">no script of the page: parsing, styles, layout</span>'}</td></tr>`
  })
  return `<h3>Long tasks</h3><div class="scroll"><table><thead><tr><th>at</th><th>took</th><th>entered by</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function shortName(url: string): string {
  const { pathname, search } = new URL(url)
  return (pathname.split('/').at(-1) || pathname) + search
}
