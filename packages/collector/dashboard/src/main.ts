import 'uplot/dist/uPlot.min.css'
import './styles.css'
import type { GroupStats } from '../../src/stats/ask-store.ts'
import type { Stats } from '../../src/stats/stats.ts'
import type { Comparison, DimensionsAnswer, SlowAnswer } from '../../src/server/service.ts'
import { ask, setToken, TokenNeeded } from './api.ts'
import { empty, h, section } from './dom.ts'
import { filters } from './filters.ts'
import { breakdownSection } from './sections/breakdown.ts'
import { comparedReleases, compareSection } from './sections/compare.ts'
import { liveSection } from './sections/live.ts'
import type { LiveSection } from './sections/live.ts'
import { overTimeSection } from './sections/over-time.ts'
import { slaSection } from './sections/sla.ts'
import { modulesSection, operationsSection } from './sections/slow.ts'
import { summarySection } from './sections/summary.ts'
import { filterQuery, readView } from './state.ts'

const EVERY = 5000
const form = document.querySelector<HTMLFormElement>('#filters')!
const main = document.querySelector<HTMLElement>('#main')!
const figures = h('div', { id: 'figures' })
let live: LiveSection | undefined
let last = ''
let timer: ReturnType<typeof setTimeout> | undefined

/** Which turn is the last: of two that are under way, the one that began first may end last. */
let latest = 0

async function show(): Promise<void> {
  clearTimeout(timer)
  const turn = ++latest
  const isLatest = (): boolean => turn === latest
  try {
    await load(isLatest)
  } catch (error) {
    if (!isLatest()) return
    if (error instanceof TokenNeeded) return askForToken()
    figures.replaceChildren(empty(`The collector cannot be asked: ${(error as Error).message}`))
  }
  if (isLatest()) timer = setTimeout(() => void show(), document.hidden ? EVERY * 6 : EVERY)
}

/** @param isLatest whether what was asked for is still wanted */
async function load(isLatest: () => boolean): Promise<void> {
  const view = readView()
  const query = filterQuery(view)
  const dimensions = await ask<DimensionsAnswer>('dimensions')
  const releases = comparedReleases(view, dimensions)
  const span = Number(view.hours) > 72 ? 'day' : 'hour'
  const { release: _release, ...anyRelease } = query
  const [stats, times, groups, slow, comparison] = await Promise.all([
    ask<Stats>('performance/stats', query),
    ask<GroupStats[]>('performance/metrics', { ...query, groupBy: span }),
    ask<GroupStats[]>('performance/metrics', { ...query, groupBy: view.by }),
    ask<SlowAnswer>('performance/slow', query),
    releases
      ? ask<Comparison>('releases/compare', { ...anyRelease, before: releases[0], after: releases[1] })
      : undefined,
  ])
  if (!isLatest()) return
  // What is the same is left alone: a reader's place, a selection and an open list stay as they are.
  const text = JSON.stringify([view, dimensions, { ...stats, filter: null }, times, groups, slow, comparison])
  if (text === last) return
  last = text
  form.replaceChildren(...filters(view, dimensions))
  live ??= liveSection()
  live.learn(dimensions)
  if (!figures.isConnected) main.replaceChildren(figures, live.element)
  if (dimensions.releases.length === 0) return figures.replaceChildren(welcome())
  const limit = stats.sla.find(({ name }) => name === view.metric)?.target ?? null
  figures.replaceChildren(
    slaSection(stats),
    summarySection(stats),
    overTimeSection(view, times, limit),
    breakdownSection(view, groups),
    compareSection(dimensions, comparison),
    operationsSection(slow),
    modulesSection(slow),
  )
}

function welcome(): HTMLElement {
  return section(
    'No page has reported yet',
    '',
    h(
      'p',
      {},
      'Pages built with ',
      h('code', {}, 'vitals'),
      ' in ',
      h('code', {}, 'paceline()'),
      ' send their beacons to ',
      h('code', {}, `${location.origin}/__paceline/beacon`),
      '.',
    ),
    h('p', { class: 'note' }, 'This page looks again every five seconds.'),
  )
}

function askForToken(): void {
  last = ''
  const input = h('input', { type: 'password', name: 'token', autocomplete: 'current-password', required: true })
  const submit = (event: Event): void => {
    event.preventDefault()
    setToken(input.value)
    void show()
  }
  main.replaceChildren(
    section(
      'A token is needed',
      'It is what PACELINE_COLLECTOR_TOKEN says where the collector runs. It stays in this tab.',
      h('form', { onsubmit: submit }, h('label', {}, h('span', {}, 'Token'), input), h('button', {}, 'Open')),
    ),
  )
  input.focus()
}

addEventListener('hashchange', () => void show())
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void show()
})
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  last = ''
  void show()
})
void show()
