import type { SlowAnswer } from '../../../src/server/service.ts'
import { empty, h, section, table } from '../dom.ts'
import { routeTitle } from '../filters.ts'
import { count, label, metric, share, UNKNOWN } from '../format.ts'

const SHOWN = 20

export function operationsSection({ operations }: SlowAnswer): HTMLElement {
  const title = 'Slow operations and API calls'
  if (operations.length === 0) return section(title, '', empty('No operation was reported.'))
  const rows = operations
    .slice(0, SHOWN)
    .map(({ name, kind, n, ok, compliance, p50, p75, p95 }) => [
      name,
      kind,
      count(n),
      metric('', p50),
      metric('', p75),
      metric('', p95),
      compliance === null ? UNKNOWN : share(compliance, 1),
      count(n - ok),
    ])
  return section(
    title,
    '',
    table(title, ['name', 'kind', 'count', 'p50', 'p75', 'p95', 'done in time', 'failed'], rows),
  )
}

export function modulesSection({ modules }: SlowAnswer): HTMLElement {
  const title = 'Modules to blame'
  const note =
    'Where the time of slow interactions, long frames and late paints went, and where errors came from. `paceline release push` gives places their names.'
  if (modules.length === 0) return section(title, note, empty('No page named a place.'))
  const isError = ({ metric: name }: SlowAnswer['modules'][number]): boolean => name === 'error'
  const rows = [
    ...modules.filter((one) => !isError(one)).slice(0, SHOWN),
    ...modules.filter(isError).slice(0, SHOWN),
  ].map(({ module, release, metric: name, file, char, target, owners, routes, n, ms }) => [
    h('span', { title: placeOf(name, file, char) }, module ?? placeOf(name, file, char)),
    h('code', {}, release),
    label(name),
    routes.map(routeTitle).join(', '),
    target || UNKNOWN,
    count(n),
    ms > 0 ? metric('', ms / n) : UNKNOWN,
    owners.join(' ') || UNKNOWN,
  ])
  const columns = ['module', 'release', 'metric', 'routes', 'element', 'times', 'each', 'owner']
  return section(title, note, table(title, columns, rows))
}

/** Of errors as browsers say it, `file:line:column`: `ERROR_LINE` of the contract in @paceline/kit, which is not for browsers. */
function placeOf(metric: string, file: string, char: number): string {
  return metric === 'error' ? `${file}:${Math.floor(char / 2 ** 24)}:${char % 2 ** 24}` : `${file}:${char}`
}
