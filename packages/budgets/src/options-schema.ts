import * as v from 'valibot'
import type { BudgetsOptions } from './options.ts'

const size = v.union([v.string(), v.number()])
const severity = v.picklist(['error', 'warn'])
const encoding = v.picklist(['raw', 'gzip', 'brotli', 'zstd'])
const count = v.pipe(v.number(), v.integer('must be a whole number.'), v.minValue(0, 'must not be negative.'))
const common = { encoding: v.optional(encoding), severity: v.optional(severity) }

const sizeBudget = v.union([size, v.strictObject({ limit: size, ...common })])
const switchable = v.optional(v.union([size, v.strictObject({ limit: size, ...common }), v.literal(false)]))
const partBudget = v.union([
  size,
  v.strictObject({
    limit: size,
    encoding: v.optional(v.picklist(['raw', 'gzip', 'brotli'])),
    severity: v.optional(severity),
  }),
])

const filesBudget = v.union([
  size,
  v.pipe(
    v.strictObject({ limit: v.optional(size), each: v.optional(size), ...common }),
    v.check(
      ({ limit, each }) => (limit === undefined) !== (each === undefined),
      'needs either `limit`, for the sum of the files, or `each`, for every file by itself. Write one of the two.',
    ),
  ),
])

const routeBudget = v.union([
  size,
  v.literal(false),
  v.pipe(
    v.strictObject({
      firstLoad: v.optional(sizeBudget),
      navigation: v.optional(sizeBudget),
      requests: v.optional(count),
      depth: v.optional(count),
      severity: v.optional(severity),
    }),
    v.check(
      ({ firstLoad, navigation, requests, depth }) =>
        [firstLoad, navigation, requests, depth].some((limit) => limit !== undefined),
      'limits nothing. Write `firstLoad`, `navigation`, `requests` or `depth`, or `false` to exempt the route.',
    ),
  ),
])

/** The shape of the options; what it accepts is {@link BudgetsOptions}. */
export const optionsSchema: v.GenericSchema<unknown, BudgetsOptions> = v.pipe(
  v.strictObject({
    sizeLimit: v.optional(v.union([v.pipe(v.string(), v.nonEmpty('must name a file.')), v.literal(false)])),
    initial: switchable,
    css: switchable,
    fonts: switchable,
    images: switchable,
    routes: v.optional(v.union([v.record(v.string(), routeBudget), v.literal(false)])),
    chunks: v.optional(v.record(v.string(), sizeBudget)),
    packages: v.optional(v.record(v.string(), partBudget)),
    total: switchable,
    files: v.optional(v.record(v.string(), filesBudget)),
    severity: v.optional(severity),
    baseline: v.optional(
      v.union([v.pipe(v.string(), v.nonEmpty('must name a report or a git ref.')), v.literal(false)]),
    ),
    maxGrowth: switchable,
    strict: v.optional(v.boolean()),
    exempt: v.optional(v.array(v.string())),
  }),
  v.forward(
    v.check(
      ({ maxGrowth, baseline }) => maxGrowth === undefined || maxGrowth === false || Boolean(baseline),
      'limits growth over a baseline, but there is none. Set `budgets.baseline` too.',
    ),
    ['maxGrowth'],
  ),
  v.forward(
    v.check(
      ({ exempt, strict }) => (exempt ?? []).length === 0 || strict === true,
      'exempts files from a rule that is off. Set `budgets.strict: true`, or remove it.',
    ),
    ['exempt'],
  ),
) as v.GenericSchema<unknown, BudgetsOptions>
