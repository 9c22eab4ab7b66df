import * as v from 'valibot'
import type { BudgetsOptions, Size } from './options.ts'

const severity = v.picklist(['error', 'warn'])
const encoding = v.picklist(['raw', 'gzip', 'brotli', 'zstd'])
const count = v.pipe(
  v.number(),
  v.integer(({ received }) => `must be a whole number; received ${received}. Write how many are allowed.`),
  v.minValue(0, ({ received }) => `must not be negative; received ${received}. Write how many are allowed.`),
)
const common = { encoding: v.optional(encoding), severity: v.optional(severity) }
const size = v.pipe(
  v.unknown(),
  v.check(
    (input) => typeof input === 'string' || typeof input === 'number',
    ({ received }) =>
      `has the wrong kind of value; received ${received}. Write a size such as '170 kB', or a number of bytes.`,
  ),
) as v.GenericSchema<unknown, Size>

/**
 * A short form or an object. An object is held to its own schema, so that a wrong key in it is named; a union would
 * only say that nothing fits.
 */
function shortOr<Short extends v.GenericSchema, Long extends v.GenericSchema>(
  short: Short,
  long: Long,
): v.GenericSchema<unknown, v.InferOutput<Short> | v.InferOutput<Long>> {
  return v.lazy((input) => (typeof input === 'object' && input !== null ? long : short)) as v.GenericSchema<
    unknown,
    v.InferOutput<Short> | v.InferOutput<Long>
  >
}

const sizeBudget = shortOr(size, v.strictObject({ limit: size, ...common }))
const sizeOrFalse = v.lazy((input): v.GenericSchema => (input === false ? v.literal(false) : size))
const switchable = v.optional(shortOr(sizeOrFalse, v.strictObject({ limit: size, ...common })))
const partEncoding = v.picklist(['raw', 'gzip', 'brotli'])
const partBudget = shortOr(
  size,
  v.strictObject({ limit: size, encoding: v.optional(partEncoding), severity: v.optional(severity) }),
)

const filesBudget = shortOr(
  size,
  v.pipe(
    v.strictObject({ limit: v.optional(size), each: v.optional(size), ...common }),
    v.check(
      ({ limit, each }) => (limit === undefined) !== (each === undefined),
      'needs either `limit`, for the sum of the files, or `each`, for every file by itself. Write one of the two.',
    ),
  ),
)

const routeBudget = shortOr(
  sizeOrFalse,
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
)

/** The shape of the options; what it accepts is {@link BudgetsOptions}. */
export const optionsSchema: v.GenericSchema<unknown, BudgetsOptions> = v.pipe(
  v.strictObject({
    sizeLimit: v.optional(v.union([v.pipe(v.string(), v.nonEmpty('must name a file.')), v.literal(false)])),
    initial: switchable,
    css: switchable,
    fonts: switchable,
    images: switchable,
    precache: switchable,
    routes: v.optional(shortOr(v.literal(false), v.record(v.string(), routeBudget))),
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
