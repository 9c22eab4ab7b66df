import * as v from 'valibot'
import { TARGETS, type TargetName } from './target.ts'

/** How the hosts are told to deliver. */
export interface TargetOptions {
  /**
   * Where the output directory lies on the server, for nginx, Caddy and Apache.
   *
   * @default '/var/www/app'
   */
  readonly root?: string | undefined
  /**
   * Where the files of `.paceline/delivery/<target>/` lie on the server.
   *
   * @default '/etc/<target>/paceline'
   */
  readonly configDir?: string | undefined
  /**
   * What the example of a site listens on.
   *
   * @default '80'
   */
  readonly listen?: string | undefined
  /**
   * Name of the example of a site.
   *
   * @default 'localhost'
   */
  readonly serverName?: string | undefined
  /**
   * Collectors that `/__paceline/` goes to, `host:port`.
   *
   * @default [] nothing goes anywhere
   */
  readonly collectors?: readonly string[] | undefined
  /**
   * Whether one visitor stays with one collector: by address, or by a cookie of this name. Collectors do not need it.
   *
   * @default false the one with the fewest connections
   */
  readonly sticky?: false | 'ip' | { readonly cookie: string } | undefined
}

export interface ResolvedTargetOptions {
  readonly root: string
  readonly configDir: string | undefined
  readonly listen: string
  readonly serverName: string
  readonly collectors: readonly string[]
  readonly sticky: false | 'ip' | { readonly cookie: string }
  /** Files of these names that the user keeps in the public directory, `_headers` and `_redirects`: ours are added to them. */
  readonly existing: ReadonlyMap<string, string>
}

/** What stands in a configuration as it is must not end a directive, nor begin one. */
const word = v.pipe(v.string(), v.regex(/^[^\s"'`;{}\\$#]+$/, 'must not hold spaces, quotes or any of ; { } $ # \\.'))
const words = v.pipe(
  v.string(),
  v.regex(/^[^"'`;{}\\$#\n\r]+$/, 'must not hold quotes, line breaks or any of ; { } $ # \\.'),
)
const server = v.pipe(v.string(), v.regex(/^(?:[\w.-]+|\[[\da-f:]+\]):\d{1,5}$/i, 'must be `host:port`.'))

/** Of the options of targets. */
export const targetOptionsSchema: v.GenericSchema<unknown, TargetOptions> = v.strictObject({
  root: v.optional(word),
  configDir: v.optional(word),
  listen: v.optional(words),
  serverName: v.optional(words),
  collectors: v.optional(v.array(server)),
  sticky: v.optional(
    v.union([
      v.literal(false),
      v.literal('ip'),
      v.strictObject({ cookie: v.pipe(v.string(), v.regex(/^\w+$/, 'must be a name of letters, digits and _.')) }),
    ]),
  ),
}) as v.GenericSchema<unknown, TargetOptions>

/** Of the option `targets`. */
export const targetsSchema: v.GenericSchema<unknown, readonly TargetName[]> = v.array(v.picklist(TARGETS))

/** Gives every option a value. Checked before, by {@link targetOptionsSchema}. */
export function resolveTargetOptions(
  options: TargetOptions | undefined,
  existing: ReadonlyMap<string, string> = new Map(),
): ResolvedTargetOptions {
  return {
    root: options?.root?.replace(/\/+$/, '') ?? '/var/www/app',
    configDir: options?.configDir?.replace(/\/+$/, ''),
    listen: options?.listen ?? '80',
    serverName: options?.serverName ?? 'localhost',
    collectors: options?.collectors ?? [],
    sticky: options?.sticky ?? false,
    existing,
  }
}
