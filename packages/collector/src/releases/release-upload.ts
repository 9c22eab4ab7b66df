import type { Positions } from '@paceline/kit'
import * as v from 'valibot'
import { collectorError } from '../errors.ts'
import type { RouteName, StoredRelease } from '../store/store.ts'

/** What `paceline release push` says of a release: enough of its report to name what is to blame, and who owns it. */
export interface ReleaseUpload {
  readonly schemaVersion: 1
  /** What beacons say. */
  readonly release: string
  /** Of the report, when it is another: a page cannot know the hash of all files, itself included. Either can be asked for. */
  readonly report?: string | undefined
  /** By number, as beacons say them. */
  readonly routes: readonly UploadedRoute[]
  readonly chunks: readonly UploadedChunk[]
  readonly positions?: Positions | undefined
  /** Of modules that CODEOWNERS gives to somebody. */
  readonly owners: Readonly<Record<string, readonly string[]>>
}

export interface UploadedRoute extends RouteName {
  readonly module: string
  /** Files that somebody who lands on it downloads, with their bytes in brotli. */
  readonly files: readonly string[]
  readonly brotli: number
}

export interface UploadedChunk {
  readonly file: string
  readonly modules: readonly UploadedModule[]
}

export interface UploadedModule {
  readonly id: string
  readonly brotli: number
  /** Of its source, where that is the app's own: what changed without growing has the same bytes. */
  readonly hash?: string | undefined
}

/** Bytes of one upload: the largest report that was seen has 9 MB. */
export const MAX_RELEASE_BYTES: number = 32 * 1024 * 1024

const text = v.pipe(v.string(), v.maxLength(1000))
const count = v.pipe(v.number(), v.minValue(0), v.maxValue(2 ** 50))
const list = <Item extends v.GenericSchema>(item: Item, most: number) => v.pipe(v.array(item), v.maxLength(most))
const release = v.pipe(v.string(), v.regex(/^[\da-f]{12}$/))

const schema = v.strictObject({
  schemaVersion: v.literal(1),
  release,
  report: v.optional(release),
  routes: list(
    v.strictObject({
      id: text,
      path: v.optional(text),
      module: text,
      files: list(text, 10_000),
      brotli: count,
    }),
    10_000,
  ),
  chunks: list(
    v.strictObject({
      file: text,
      modules: list(v.strictObject({ id: text, brotli: count, hash: v.optional(text) }), 200_000),
    }),
    20_000,
  ),
  positions: v.optional(
    v.strictObject({
      schemaVersion: v.literal(1),
      release,
      modules: list(text, 500_000),
      files: v.record(
        v.string(),
        v.strictObject({
          hash: text,
          ranges: list(v.pipe(v.number(), v.integer(), v.minValue(-1)), 2_000_000),
          lines: v.optional(list(v.pipe(v.number(), v.integer(), v.minValue(0)), 2_000_000)),
        }),
      ),
    }),
  ),
  owners: v.record(v.string(), list(text, 100)),
})

/**
 * Checks what was pushed.
 *
 * @throws `PACELINE_RELEASE_INVALID`
 */
export function readReleaseUpload(raw: unknown, at: number): StoredRelease {
  const result = v.safeParse(schema, raw)
  if (!result.success) {
    const [{ path = [] }] = result.issues
    const where = path.map(({ key }) => String(key).slice(0, 80)).join('.')
    throw collectorError('PACELINE_RELEASE_INVALID', [`\`${where || 'release'}\` is not as it should be`])
  }
  const upload = result.output
  const routes = upload.routes.map(({ id, path }) => (path === undefined ? { id } : { id, path }))
  return { release: upload.release, at, routes, content: JSON.stringify(upload) }
}

/** The release of a report, which only says what its beacons call it. */
export function aliasOf({ release, at }: StoredRelease, report: string): StoredRelease {
  return { release: report, at, routes: [], content: JSON.stringify({ alias: release }) }
}

/** What was stored was checked when it came. @returns the name of another release where it is only an alias */
export function uploadOf(stored: StoredRelease): ReleaseUpload | string {
  const content = JSON.parse(stored.content) as ReleaseUpload | { readonly alias: string }
  return 'alias' in content ? content.alias : content
}
