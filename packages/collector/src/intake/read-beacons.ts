import type { Beacon } from '@paceline/kit'

/** As many as in `MAX_BEACONS` of kit; stated again, because the thread that runs this loads nothing else. */
const MOST_BEACONS = 100
const MOST_OPERATIONS = 500
const MOST_CULPRITS = 200
/** A day: nothing that is measured on a page takes longer. */
const MOST_MS = 86_400_000
const MOST_CLS = 10_000
const MOST_BYTES = 2 ** 44
const MOST_SEQ = 1_000_000
const MOST_ROUTES = 10_000

const RELEASE = /^[\da-f]{12}$/
const PAGE = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
/** No path: it shall name a file of the release, and nothing else. Empty where only the element is known. */
const FILE = /^[^/\\]*$/
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

const TYPES: ReadonlySet<unknown> = new Set(['opened', 'update'])
const NAVS: ReadonlySet<unknown> = new Set([
  'navigate',
  'reload',
  'back-forward',
  'back-forward-cache',
  'prerender',
  'restore',
  'soft-navigation',
])
const DEVICES: ReadonlySet<unknown> = new Set(['mobile', 'tablet', 'desktop'])
const KINDS: ReadonlySet<unknown> = new Set(['operation', 'api', 'route'])

type Check = (value: unknown) => boolean
type Shape = Readonly<Record<string, { readonly check: Check; readonly optional?: true }>>

const milliseconds: Check = (value) => isNumber(value, MOST_MS)
const bytes: Check = (value) => isWhole(value, 0, MOST_BYTES)
const oneOf =
  (set: ReadonlySet<unknown>): Check =>
  (value) =>
    set.has(value)

const METRICS: Shape = {
  lcp: { check: milliseconds, optional: true },
  inp: { check: milliseconds, optional: true },
  cls: { check: (value) => isNumber(value, MOST_CLS), optional: true },
  fcp: { check: milliseconds, optional: true },
  ttfb: { check: milliseconds, optional: true },
  tti: { check: milliseconds, optional: true },
}

const OPERATION: Shape = {
  name: { check: (value) => isText(value, 200) },
  kind: { check: oneOf(KINDS) },
  ms: { check: milliseconds },
  ok: { check: (value) => typeof value === 'boolean' },
}

const CULPRIT: Shape = {
  metric: { check: (value) => isText(value, 40) },
  file: { check: (value) => isText(value, 300, 0) && FILE.test(value as string) },
  char: { check: (value) => isWhole(value, 0, MOST_BYTES) },
  ms: { check: milliseconds },
  target: { check: (value) => isText(value, 300, 0), optional: true },
}

const BYTES: Shape = {
  network: { check: bytes },
  http: { check: bytes },
  serviceWorker: { check: bytes },
  dictionary: { check: bytes, optional: true },
  js: { check: bytes, optional: true },
  css: { check: bytes, optional: true },
  image: { check: bytes, optional: true },
  requests: { check: bytes, optional: true },
  hits: { check: bytes, optional: true },
}

const counted: Check = (value) => isWhole(value, 0, 1_000_000)
const ERRORS: Shape = { unhandled: { check: counted }, chunks: { check: counted } }

const CACHE_COUNT: Shape = { hits: { check: counted }, misses: { check: counted }, bytesSaved: { check: bytes } }
const isCacheCount: Check = (value) => fits(value, CACHE_COUNT)
const CACHES: Shape = Object.fromEntries(
  ['page', 'script', 'style', 'image', 'font', 'api', 'other'].map((kind) => [
    kind,
    { check: isCacheCount, optional: true },
  ]),
)

const BEACON: Shape = {
  v: { check: (value) => value === 1 },
  release: { check: (value) => typeof value === 'string' && RELEASE.test(value) },
  page: { check: (value) => typeof value === 'string' && PAGE.test(value) },
  seq: { check: (value) => isWhole(value, 0, MOST_SEQ) },
  type: { check: oneOf(TYPES) },
  route: { check: (value) => isWhole(value, -1, MOST_ROUTES) },
  nav: { check: oneOf(NAVS) },
  device: { check: oneOf(DEVICES) },
  at: { check: (value) => isNumber(value, 8.64e15) },
  sampleRate: { check: (value) => isNumber(value, 1) && (value as number) > 0 },
  metrics: { check: (value) => fits(value, METRICS), optional: true },
  operations: { check: (value) => isList(value, MOST_OPERATIONS, OPERATION), optional: true },
  operationsTotal: { check: counted, optional: true },
  culprits: { check: (value) => isList(value, MOST_CULPRITS, CULPRIT), optional: true },
  bytes: { check: (value) => fits(value, BYTES), optional: true },
  caches: { check: (value) => fits(value, CACHES), optional: true },
  errors: { check: (value) => fits(value, ERRORS), optional: true },
  memory: { check: bytes, optional: true },
}

/**
 * Reads the body of a request: one beacon, or an array of them. One that is not as `Beacon` says makes all of them invalid, so that who sends
 * them hears of it. Written by hand: a schema library takes longer than all the rest of an intake.
 *
 * @returns the beacons, or the name of what is wrong
 */
export function readBeacons(text: string): readonly Beacon[] | string {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return 'not JSON'
  }
  if (!Array.isArray(parsed)) return problemOf(parsed) ?? [parsed as Beacon]
  if (parsed.length === 0 || parsed.length > MOST_BEACONS) return 'number of beacons'
  for (const one of parsed) {
    const problem = problemOf(one)
    if (problem !== undefined) return problem
  }
  return parsed as Beacon[]
}

/** The first field that is not as it shall be. Nothing of its value is repeated: it goes into logs. */
function problemOf(value: unknown): string | undefined {
  return firstMisfit(value, BEACON)
}

function fits(value: unknown, shape: Shape): boolean {
  return firstMisfit(value, shape) === undefined
}

function firstMisfit(value: unknown, shape: Shape): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object'
  const record = value as Record<string, unknown>
  for (const name in record) {
    // JSON.parse makes `__proto__` an own field; it is no field of ours.
    if (!Object.hasOwn(shape, name)) return 'unknown field'
  }
  for (const name in shape) {
    const { check, optional } = shape[name]!
    const field = record[name]
    if (field === undefined ? !optional : !check(field)) return name
  }
  return undefined
}

function isList(value: unknown, most: number, shape: Shape): boolean {
  return Array.isArray(value) && value.length <= most && value.every((one) => fits(one, shape))
}

function isNumber(value: unknown, most: number): boolean {
  // 1e999 in JSON is Infinity.
  return typeof value === 'number' && value >= 0 && value <= most
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}

function isText(value: unknown, longest: number, shortest = 1): boolean {
  return (
    typeof value === 'string' &&
    value.length >= shortest &&
    value.length <= longest &&
    value.isWellFormed() &&
    !CONTROL.test(value)
  )
}
