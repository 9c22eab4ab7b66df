import { parseBytes, parseOptions } from '@paceline/kit'
import * as v from 'valibot'
import { chunksError } from './errors.ts'
import type { LiveModule } from './live-graph.ts'
import { moduleMatcher } from './match-modules.ts'
import type { PlanOptions } from './options.ts'
import { parseDrift } from './plan-file/drift.ts'
import type { StoredSettings } from './plan-file/stored-plan.ts'
import type { PlanSettings } from './planner/settings.ts'
import type { RuleOptions } from './rules/options.ts'
import { ruleEntries } from './rules/options-schema.ts'

/** Options of {@link chunks}. */
export type ChunksOptions = PlanOptions & RuleOptions

export interface ResolvedPlanOptions {
  readonly strategy: 'planned' | 'vendor' | 'default'
  readonly stable: boolean
  /** As written; a single pattern is a list of one. */
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly plan: string
  readonly weights: Readonly<Record<string, number>>
  readonly returning: number
  readonly maxInitialRequests: number
  readonly maxRouteRequests: number
  /** Brotli bytes. */
  readonly minChunkSize: number
  /** A share: 0.05 is 5 %. */
  readonly drift: number
  /** Whether a command has changed the app by way of trial: groups may have lost what they name. */
  readonly onTrial?: boolean
}

const share = v.pipe(v.number(), v.minValue(0, 'must be from 0 to 1.'), v.maxValue(1, 'must be from 0 to 1.'))
const count = v.pipe(v.number(), v.integer('must be a whole number.'), v.minValue(1, 'must be at least 1.'))
/** Part of a file name; names that look like numbers would be put in order, and the first group that matches counts. */
const groupName = v.pipe(
  v.string(),
  v.regex(
    /^(?!\d+$)[\w@][\w@.-]*(?:\/[\w@][\w@.-]*)*$/,
    'is no name for a chunk. Write letters, digits, `-`, `_`, `.` and `@`, and not a number.',
  ),
)
const weight = v.pipe(v.number(), v.minValue(0, 'must not be less than 0.'))
const pattern = v.pipe(v.string(), v.nonEmpty('must not be empty.'))

/** valibot takes a list for an object with numbers as keys, an empty one for no keys at all. */
const noList = v.check((input: unknown) => !Array.isArray(input), 'is a list; received an array. Write `{ name: … }`.')

/** What the planner takes; the rules have their own keys beside these. */
const planEntries = {
  strategy: v.optional(v.picklist(['planned', 'vendor', 'default']), 'default'),
  stable: v.optional(v.boolean(), false),
  groups: v.optional(v.pipe(v.unknown(), noList, v.record(groupName, v.union([pattern, v.array(pattern)]))), {}),
  plan: v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty.')), 'paceline.chunks.json'),
  weights: v.optional(v.pipe(v.unknown(), noList, v.record(v.string(), weight)), {}),
  returning: v.optional(share, 0.5),
  maxInitialRequests: v.optional(count, 12),
  maxRouteRequests: v.optional(count, 24),
  minChunkSize: v.optional(v.union([v.number(), v.string()]), '2 kB'),
  drift: v.optional(v.string(), '5%'),
}

const planKeys = Object.keys(planEntries) as (keyof typeof planEntries)[]

/**
 * The planner's part of the options; all of them are checked, the rules' part is read by `resolveRules`.
 *
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_SIZE_INVALID`, `PACELINE_DRIFT_INVALID`, `PACELINE_GROUPS_IGNORED`
 */
export function resolveChunksOptions(options: ChunksOptions | undefined): ResolvedPlanOptions {
  const all = parseOptions('chunks', v.strictObject({ ...planEntries, ...ruleEntries }), options)
  const parsed = Object.fromEntries(planKeys.map((key) => [key, all[key]])) as Pick<
    typeof all,
    keyof typeof planEntries
  >
  const groups = Object.entries(parsed.groups).map(([name, patterns]) => [name, [patterns].flat()] as const)
  // Groups that nobody looks at would be a fallback in silence.
  if (groups.length > 0 && parsed.strategy !== 'planned') {
    throw chunksError('PACELINE_GROUPS_IGNORED', [groups.map(([name]) => name), parsed.strategy])
  }
  return Object.freeze({
    ...parsed,
    groups: Object.fromEntries(groups),
    minChunkSize: parseBytes(parsed.minChunkSize, 'chunks.minChunkSize'),
    drift: parseDrift(parsed.drift),
  })
}

/** What the planner is told. */
export function planSettings(options: ResolvedPlanOptions): PlanSettings {
  const { strategy, groups, plan: _plan, weights: _weights, drift: _drift, onTrial = false, ...settings } = options
  return {
    ...settings,
    strategy: strategy === 'vendor' ? 'vendor' : 'planned',
    groups: Object.entries(groups).map(([name, patterns]) => {
      const matches = moduleMatcher(patterns)
      const written = patterns.map((text) => ({ text, matches: moduleMatcher([text]) }))
      return { name, matches: (module: LiveModule) => matches(module), patterns: written, optional: onTrial }
    }),
  }
}

/** What a plan file remembers of the options: those that another plan could come of. */
export function storedSettings(options: ResolvedPlanOptions): StoredSettings {
  const { plan: _plan, drift: _drift, onTrial: _onTrial, ...settings } = options
  return settings
}
