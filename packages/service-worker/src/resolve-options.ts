import { parseOptions } from '@paceline/kit'
import * as v from 'valibot'
import type { WorkerSettings } from '../shared/manifest.ts'
import type { MostVisited, ServiceWorkerOptions } from './options.ts'
import { RUNTIME_OPTIONS, type RuntimeCaching } from './runtime-caching.ts'

const DAY = 24 * 60 * 60
/** A phone's 412 at twice the density. */
const PICTURE_WIDTH = 824

const count = v.pipe(v.number(), v.integer('must be a whole number.'), v.minValue(1, 'must be at least 1.'))
const duration = v.pipe(v.number(), v.gtValue(0, 'must be more than 0.'))
const expression = v.instance(RegExp)
const globs = v.array(v.pipe(v.string(), v.nonEmpty('must not be empty.')))
const file = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty.'),
  v.check((path) => !path.startsWith('/') && !path.includes('..'), 'must be relative, inside the directory.'),
)
const limits = (maxEntries: number, days: number) => ({
  maxEntries: v.optional(count, maxEntries),
  maxAgeSeconds: v.optional(duration, days * DAY),
})
const orOff = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.optional(v.union([v.literal(false), v.strictObject(entries)]), {} as never)

const strategies = v.strictObject({
  assets: orOff(limits(500, 30)),
  images: orOff(limits(100, 7)),
  pages: orOff(limits(50, 7)),
  api: orOff({
    ...limits(100, 1),
    match: v.optional(expression, () => /^\/api\//),
    timeoutSeconds: v.optional(duration, 5),
  }),
})

const backgroundSync = v.strictObject({
  match: v.optional(expression, () => /^\/api\//),
  maxAgeMinutes: v.optional(duration, 24 * 60),
})

const runtimeCaching = v.strictObject({
  urlPattern: v.union([v.string(), expression, v.function()]),
  handler: v.union([
    v.picklist(['CacheFirst', 'CacheOnly', 'NetworkFirst', 'NetworkOnly', 'StaleWhileRevalidate']),
    v.function(),
    v.looseObject({ handle: v.function() }),
  ]),
  method: v.optional(v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])),
  options: v.optional(
    v.strictObject({
      ...Object.fromEntries(RUNTIME_OPTIONS.map((name) => [name, v.optional(v.any())])),
      precacheFallback: v.optional(v.looseObject({ fallbackURL: v.string() })),
    }),
  ),
})

const mostVisited = v.strictObject({
  mostVisited: count,
  visits: v.record(v.string(), v.pipe(v.number(), v.minValue(0, 'must not be less than 0.'))),
})

const precacheScope = v.picklist(['shell', 'routes', 'all'])

const text = v.pipe(v.string(), v.nonEmpty('must not be empty.'))
const color = v.pipe(v.string(), v.regex(/^#(?:[\da-f]{3}|[\da-f]{6})$/i, 'must be a color such as #1a2b3c.'))

const manifest = v.strictObject({
  name: text,
  icon: file,
  shortName: v.optional(text),
  description: v.optional(text),
  lang: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(?:-[a-z\d]+)*$/i, 'must be a language such as en-GB.'))),
  display: v.optional(v.picklist(['standalone', 'fullscreen', 'minimal-ui', 'browser']), 'standalone'),
  startUrl: v.optional(
    v.pipe(
      v.string(),
      v.check((url) => !/^(?:\/|[a-z]+:)/i.test(url), 'must be relative to the folder of the app.'),
    ),
    './',
  ),
  themeColor: v.optional(color),
  backgroundColor: v.optional(color, '#ffffff'),
  more: v.optional(v.record(v.string(), v.unknown()), {}),
})

export interface ResolvedManifestOptions {
  readonly name: string
  readonly icon: string
  readonly shortName: string
  readonly description?: string | undefined
  readonly lang?: string | undefined
  readonly display: 'standalone' | 'fullscreen' | 'minimal-ui' | 'browser'
  readonly startUrl: string
  readonly themeColor?: string | undefined
  readonly backgroundColor: string
  readonly more: Readonly<Record<string, unknown>>
}

const schema = v.strictObject({
  strategy: v.optional(v.picklist(['generateSW', 'injectManifest']), 'generateSW'),
  source: v.optional(file, 'src/sw.ts'),
  filename: v.optional(file, 'sw.js'),
  type: v.optional(v.picklist(['classic', 'module']), 'classic'),
  inlineRuntime: v.optional(v.boolean(), false),
  precache: v.optional(
    v.union([
      precacheScope,
      v.pipe(
        v.strictObject({
          from: v.optional(precacheScope),
          routes: v.optional(v.lazy((input) => (Array.isArray(input) ? v.array(v.string()) : mostVisited))),
          include: v.optional(globs, []),
          exclude: v.optional(globs, []),
          pictureWidth: v.optional(v.union([v.literal('all'), count]), PICTURE_WIDTH),
        }),
        v.check(
          ({ from, routes }) => routes === undefined || from === undefined || from === 'routes',
          "names `routes`, which count only with `from: 'routes'`. Leave one of them out.",
        ),
      ),
    ]),
    'shell',
  ),
  shell: v.optional(v.union([v.literal(false), file])),
  deny: v.optional(v.array(expression), () => [/^\/api\//, /^\/__/]),
  offline: v.optional(file),
  update: v.optional(v.picklist(['prompt', 'auto']), 'prompt'),
  checkEveryMinutes: v.optional(v.pipe(v.number(), v.minValue(0, 'must not be negative.')), 60),
  register: v.optional(v.boolean(), true),
  claim: v.optional(v.boolean(), true),
  concurrency: v.optional(count, 6),
  verifyHtml: v.optional(v.boolean(), true),
  pageMarker: v.optional(expression),
  strategies: v.optional(strategies, {}),
  runtimeCaching: v.optional(v.array(runtimeCaching), []),
  backgroundSync: v.optional(v.union([v.boolean(), backgroundSync]), false),
  push: v.optional(v.boolean(), false),
  manifest: v.optional(manifest),
  selfDestroying: v.optional(v.boolean(), false),
  dev: v.optional(v.boolean(), false),
})

/** The part of the options that the worker is started with. */
export type WorkerOptions = Pick<
  WorkerSettings,
  | 'deny'
  | 'offline'
  | 'concurrency'
  | 'verifyHtml'
  | 'pageMarker'
  | 'claim'
  | 'assets'
  | 'images'
  | 'pages'
  | 'api'
  | 'backgroundSync'
>

export interface ResolvedServiceWorkerOptions {
  readonly strategy: 'generateSW' | 'injectManifest'
  readonly source: string
  readonly filename: string
  readonly type: 'classic' | 'module'
  readonly inlineRuntime: boolean
  readonly precache: {
    readonly from: 'shell' | 'routes' | 'all'
    readonly routes: readonly string[] | MostVisited | undefined
    readonly include: readonly string[]
    readonly exclude: readonly string[]
    readonly pictureWidth: number | 'all'
  }
  /** Nothing: what the build says. */
  readonly shell: string | false | undefined
  readonly update: 'prompt' | 'auto'
  readonly checkEveryMinutes: number
  readonly register: boolean
  readonly selfDestroying: boolean
  readonly push: boolean
  readonly dev: boolean
  readonly manifest: ResolvedManifestOptions | undefined
  readonly runtimeCaching: readonly RuntimeCaching[]
  readonly worker: WorkerOptions
}

/** @throws `PACELINE_OPTIONS_INVALID` */
export function resolveServiceWorkerOptions(
  options: ServiceWorkerOptions | true | undefined,
): ResolvedServiceWorkerOptions {
  const parsed = parseOptions('serviceWorker', schema, options === true ? {} : options)
  const { precache, strategies: defaults, backgroundSync: sync } = parsed
  return Object.freeze({
    ...pick(parsed, ['strategy', 'source', 'filename', 'type', 'inlineRuntime', 'update', 'checkEveryMinutes']),
    ...pick(parsed, ['register', 'selfDestroying', 'push', 'dev']),
    shell: parsed.shell,
    manifest: parsed.manifest && { ...parsed.manifest, shortName: parsed.manifest.shortName ?? parsed.manifest.name },
    precache:
      typeof precache === 'string'
        ? { from: precache, routes: undefined, include: [], exclude: [], pictureWidth: PICTURE_WIDTH }
        : { ...precache, from: precache.from ?? (precache.routes ? 'routes' : 'shell'), routes: precache.routes },
    runtimeCaching: parsed.runtimeCaching as unknown as readonly RuntimeCaching[],
    worker: {
      ...pick(parsed, ['deny', 'offline', 'concurrency', 'verifyHtml', 'claim']),
      offline: parsed.offline,
      pageMarker: parsed.pageMarker,
      ...defaults,
      backgroundSync: sync === true ? v.parse(backgroundSync, {}) : sync,
    },
  })
}

function pick<Source extends object, const Key extends keyof Source>(
  source: Source,
  keys: readonly Key[],
): Pick<Source, Key> {
  return Object.fromEntries(keys.map((key) => [key, source[key]])) as Pick<Source, Key>
}
