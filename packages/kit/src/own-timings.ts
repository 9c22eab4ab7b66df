/** What is used of a log of the bundler. */
interface BundlerLog {
  readonly code?: string | undefined
  readonly message: string
}

const CALLBACK = /^ {2}- (?<owner>plugin )?(?<name>\S+)/gm

/**
 * Whether a log is Rolldown's warning about slow callbacks, and all that it names are ours. Encoding images and brotli at level 11 take their time on
 * purpose, and say themselves how long it was; nothing about it is for the reader to put right. With anybody else's callback in it, it stands.
 *
 * @see https://rolldown.rs/reference/InputOptions.checks#bundlertimings
 */
export function isOnlyOwnTimings({ code, message }: BundlerLog): boolean {
  if (code !== 'PLUGIN_TIMINGS') return false
  const rows = [...message.matchAll(CALLBACK)].map(({ groups }) => groups)
  return rows.length > 0 && rows.every((row) => row?.['owner'] !== undefined && /^paceline[:-]/.test(row['name'] ?? ''))
}
