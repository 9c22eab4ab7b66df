import { parseBytes } from '@paceline/kit'
import type { PlanOptions } from '../options.ts'
import { findContradictions } from './contradictions.ts'
import { sharedStatePackages } from './shared-state-packages.ts'
import type {
  ForbiddenEntry,
  ForbiddenSettings,
  RuleOptions,
  RuleSettings,
  RuleSeverity,
  Suppression,
} from './options.ts'
import { resolveLayer } from './parse-layer.ts'
import type { ResolvedForbidden, ResolvedRule, RuleName } from './rule.ts'

/** Every rule with its severity and its parameters, and what is accepted for a while. */
export type ResolvedRules = { readonly [Name in RuleName]: ResolvedRule<Name> } & {
  readonly suppress: readonly Suppression[]
}

const LEVELS: readonly RuleSeverity[] = ['off', 'warn', 'error']

type Written = RuleSettings | string | false | readonly unknown[] | undefined

/**
 * Reads the rules' options, once, after their schema has passed them. The caller's object is never written.
 *
 * @throws `PACELINE_SIZE_INVALID`, `PACELINE_RULES_CONTRADICT`
 */
export function resolveRules(options: RuleOptions & PlanOptions = {}): ResolvedRules {
  const { forbidden, requests } = options
  const size = (name: RuleName, key: 'above' | 'below', fallback: string | number): number => {
    const written = (objectOf(options[name]) as Partial<Record<typeof key, string | number>>)[key]
    return parseBytes(written ?? fallback, `chunks.${name}.${key}`)
  }
  const { lazy, layers, duplicates } = options
  const execution = common(options.execution, 'error')
  const circular = common(options.circular, 'warn')
  // A circle that breaks the page is said once, by the rule that minds it more.
  const isMinded = LEVELS.indexOf(circular.severity) > LEVELS.indexOf(execution.severity)
  const rules: ResolvedRules = {
    lazy: { ...common(lazy, 'off'), modules: listIn(lazy, 'modules') },
    forbidden: {
      ...common(forbidden, 'off'),
      initial: (objectOf(forbidden).initial ?? []).map(forbiddenOf),
      routes: forbiddenRoutes(objectOf(forbidden)),
      all: (objectOf(forbidden).all ?? []).map(forbiddenOf),
    },
    layers: { ...common(layers, 'off'), layers: listIn(layers, 'layers').map(resolveLayer) },
    redundantDynamicImport: common(options.redundantDynamicImport, 'warn'),
    serverCode: { ...common(options.serverCode, 'warn'), builtins: objectOf(options.serverCode).builtins ?? 'app' },
    devCode: { ...common(options.devCode, 'warn'), above: size('devCode', 'above', '1 kB') },
    duplicates: {
      ...common(duplicates, 'warn'),
      // Two copies of most packages cost bytes; two copies of these do not work. Whoever writes the rule means all.
      only: duplicates === undefined ? sharedStatePackages : objectOf(duplicates).only,
      above: size('duplicates', 'above', 0),
    },
    execution: { ...execution, circles: !isMinded },
    circular: { ...circular, modules: objectOf(options.circular).modules ?? false, harmful: isMinded },
    depth: { ...common(options.depth, 'off'), max: objectOf(options.depth).max ?? Infinity },
    requests: {
      ...common(requests, 'off'),
      initial: objectOf(requests).initial ?? Infinity,
      route: objectOf(requests).route ?? Infinity,
    },
    tinyChunks: { ...common(options.tinyChunks, 'off'), below: size('tinyChunks', 'below', '1 kB') },
    waterfalls: { ...common(options.waterfalls, 'off'), max: objectOf(options.waterfalls).max ?? 1 },
    barrels: { ...common(options.barrels, 'off'), above: size('barrels', 'above', '10 kB') },
    sideEffects: { ...common(options.sideEffects, 'off'), above: size('sideEffects', 'above', '10 kB') },
    legacy: { ...common(options.legacy, 'off'), above: size('legacy', 'above', 100) },
    inlinedAssets: { ...common(options.inlinedAssets, 'off'), above: size('inlinedAssets', 'above', '8 kB') },
    unused: common(options.unused, 'off'),
    suppress: options.suppress ?? [],
  }
  findContradictions(rules, options)
  return Object.freeze(rules)
}

/** @param fallback when nothing is written; whoever writes parameters means it */
function common(written: Written, fallback: RuleSeverity): Pick<ResolvedRule<'unused'>, 'severity' | 'ignore'> {
  if (written === undefined) return { severity: fallback, ignore: [] }
  if (written === false) return { severity: 'off', ignore: [] }
  if (typeof written === 'string') return { severity: written as 'off' | 'warn' | 'error', ignore: [] }
  const { severity = 'error', ignore = [] } = objectOf(written) as RuleSettings
  return { severity, ignore }
}

/** The object form of a rule; empty for its short forms. */
function objectOf<Option>(option: Option): Partial<Extract<Option, RuleSettings>> {
  const isObject = typeof option === 'object' && option !== null && !Array.isArray(option)
  return (isObject ? option : {}) as Partial<Extract<Option, RuleSettings>>
}

function listIn<Item, Key extends string>(
  option: readonly Item[] | (RuleSettings & { readonly [K in Key]: readonly Item[] }) | false | undefined,
  key: Key,
): readonly Item[] {
  if (option === undefined || option === false) return []
  return 'length' in option ? option : option[key]
}

function forbiddenOf(entry: string | ForbiddenEntry): ResolvedForbidden {
  if (typeof entry === 'string') return { name: entry }
  return { name: entry.name, ...(entry.use === undefined ? {} : { use: entry.use }) }
}

function forbiddenRoutes({
  routes = {},
}: Partial<ForbiddenSettings>): Readonly<Record<string, readonly ResolvedForbidden[]>> {
  const byRoute = Array.isArray(routes) ? { '*': routes } : routes
  return Object.fromEntries(Object.entries(byRoute).map(([route, entries]) => [route, entries.map(forbiddenOf)]))
}
