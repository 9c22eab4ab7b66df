import { parseBytes, parseOptions, type Measure } from '@paceline/kit'
import type { BudgetsOptions, RouteBudget, Severity, Size, SizeBudget } from './options.ts'
import { optionsSchema } from './options-schema.ts'

/** One limit, ready to compare with. */
export interface ResolvedLimit {
  readonly limit: number
  readonly encoding: Measure
  readonly severity: Severity
  /** `false` for a limit that Paceline set by default: it only warns, and may match nothing. */
  readonly written: boolean
}

/** A limit for the sum of the matching files, or for each of them. */
export interface ResolvedFilesLimit extends ResolvedLimit {
  readonly each: boolean
}

export interface ResolvedRoute {
  readonly firstLoad?: ResolvedLimit
  readonly navigation?: ResolvedLimit
  readonly requests?: ResolvedLimit
  readonly depth?: ResolvedLimit
}

export interface ResolvedGrowth extends ResolvedLimit {
  readonly unit: 'bytes' | 'percent'
}

export interface ResolvedBudgets {
  /** As written; relative to the Vite root. */
  readonly sizeLimit?: string
  readonly initial?: ResolvedLimit
  readonly css?: ResolvedLimit
  readonly fonts?: ResolvedLimit
  readonly images?: ResolvedLimit
  readonly precache?: ResolvedLimit
  readonly total?: ResolvedLimit
  /** `false` exempts the route from `'*'`. */
  readonly routes: Readonly<Record<string, ResolvedRoute | false>>
  readonly chunks: Readonly<Record<string, ResolvedLimit>>
  readonly packages: Readonly<Record<string, ResolvedLimit>>
  readonly files: Readonly<Record<string, ResolvedFilesLimit>>
  readonly severity: Severity
  readonly baseline?: string
  readonly growth?: ResolvedGrowth
  readonly strict: boolean
  readonly exempt: readonly string[]
}

/**
 * The limits that hold without any option, in brotli. They warn. Sources:
 * - initial: 170 kB of critical resources reach interactivity in 5 s on a phone for everybody (Alex Russell, "Can You
 *   Afford It?", 2017; repeated by web.dev's "Performance budgets 101").
 * - route: 350 KiB of script + 150 KiB of all else for devices and networks at the 75th percentile (Alex Russell,
 *   "The Performance Inequality Gap, 2023").
 */
export const defaultLimits: { readonly initial: number; readonly route: number } = Object.freeze({
  initial: 170_000,
  route: 512_000,
})

/**
 * Checks the options and reads their limits, once. The caller's object is never written.
 *
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_SIZE_INVALID`
 */
export function resolveBudgets(options: BudgetsOptions | undefined): ResolvedBudgets {
  const raw: BudgetsOptions = parseOptions('budgets', optionsSchema, options)
  const severity = raw.severity ?? 'error'
  const one = (key: string, value: Size | SizeBudget | false | undefined, encoding: Measure = 'brotli') =>
    value === false || value === undefined ? undefined : resolveLimit(`budgets.${key}`, value, { encoding, severity })
  const each = <Value extends Size | SizeBudget>(key: string, record: Readonly<Record<string, Value>> = {}) =>
    mapRecord(record, (value, name) =>
      resolveLimit(`budgets.${key}['${name}']`, value, { encoding: 'brotli', severity }),
    )
  const growth = resolveGrowth(raw.maxGrowth, severity)
  return Object.freeze({
    ...(raw.sizeLimit ? { sizeLimit: raw.sizeLimit } : {}),
    ...optional('initial', raw.initial === undefined ? byDefault(defaultLimits.initial) : one('initial', raw.initial)),
    ...optional('css', one('css', raw.css)),
    ...optional('fonts', one('fonts', raw.fonts, 'raw')),
    ...optional('images', one('images', raw.images, 'raw')),
    ...optional('precache', one('precache', raw.precache)),
    ...optional('total', one('total', raw.total)),
    routes: resolveRoutes(raw.routes, severity),
    chunks: each('chunks', raw.chunks),
    packages: each('packages', raw.packages),
    files: mapRecord(raw.files ?? {}, (value, glob): ResolvedFilesLimit => {
      const perFile = typeof value === 'object' && 'each' in value
      const budget = perFile ? { ...value, limit: value.each } : value
      const fallback = { encoding: 'brotli' as const, severity }
      return { ...resolveLimit(`budgets.files['${glob}']`, budget, fallback), each: perFile }
    }),
    severity,
    ...(raw.baseline ? { baseline: raw.baseline } : {}),
    ...optional('growth', growth),
    strict: raw.strict ?? false,
    exempt: Object.freeze([...(raw.exempt ?? [])]),
  })
}

interface Fallback {
  readonly encoding: Measure
  readonly severity: Severity
}

function resolveLimit(subject: string, value: Size | SizeBudget, fallback: Fallback): ResolvedLimit {
  const budget = typeof value === 'object' ? value : { limit: value }
  return {
    limit: parseBytes(budget.limit, subject),
    encoding: budget.encoding ?? fallback.encoding,
    severity: budget.severity ?? fallback.severity,
    written: true,
  }
}

function byDefault(limit: number): ResolvedLimit {
  return { limit, encoding: 'brotli', severity: 'warn', written: false }
}

function resolveRoutes(raw: BudgetsOptions['routes'], severity: Severity): ResolvedBudgets['routes'] {
  if (raw === false) return {}
  if (raw === undefined) return { '*': { firstLoad: byDefault(defaultLimits.route) } }
  return mapRecord(raw, (value, id) => {
    if (value === false) return false
    return resolveRoute(`budgets.routes['${id}']`, typeof value === 'object' ? value : { firstLoad: value }, severity)
  })
}

function resolveRoute(subject: string, raw: RouteBudget, global: Severity): ResolvedRoute {
  const fallback: Fallback = { encoding: 'brotli', severity: raw.severity ?? global }
  const size = (key: 'firstLoad' | 'navigation') =>
    raw[key] === undefined ? undefined : resolveLimit(`${subject}.${key}`, raw[key], fallback)
  const count = (key: 'requests' | 'depth'): ResolvedLimit | undefined =>
    raw[key] === undefined ? undefined : { ...fallback, limit: raw[key], written: true }
  return {
    ...optional('firstLoad', size('firstLoad')),
    ...optional('navigation', size('navigation')),
    ...optional('requests', count('requests')),
    ...optional('depth', count('depth')),
  }
}

function resolveGrowth(value: BudgetsOptions['maxGrowth'], severity: Severity): ResolvedGrowth | undefined {
  if (value === undefined || value === false) return undefined
  const budget = typeof value === 'object' ? value : { limit: value }
  const percent = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(String(budget.limit))
  const limit = percent ? { ...budget, limit: 0 } : budget
  const resolved = resolveLimit('budgets.maxGrowth', limit, { encoding: 'brotli', severity })
  return percent ? { ...resolved, limit: Number(percent[1]), unit: 'percent' } : { ...resolved, unit: 'bytes' }
}

function mapRecord<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Readonly<Record<string, Result>> {
  return Object.freeze(Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)])))
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [Name in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [Name in Key]?: Value }
}
