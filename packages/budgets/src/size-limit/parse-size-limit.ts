import { nearest } from '@paceline/kit'
import { budgetError } from '../errors.ts'

/** One entry of a size-limit file, as far as it speaks of files. */
export interface SizeLimitCheck {
  /** As written; `undefined` when size-limit would name it after its files. */
  readonly name: string | undefined
  /** Globs relative to the file's folder; those with a leading `!` take files away again. */
  readonly path: readonly string[]
  /** Bytes; `undefined` when the entry has no limit and is only shown. */
  readonly limit: number | undefined
  readonly encoding: 'raw' | 'gzip' | 'brotli'
}

/** What counts for files, and what only changes how the CLI prints. */
const KNOWN = ['path', 'limit', 'name', 'gzip', 'brotli', 'message', 'module', 'highlightLess', 'disablePlugins']
/** What makes size-limit bundle or run the code: it then measures something else than the files of this build. */
const BUNDLING = new Set([
  'import',
  'entry',
  'config',
  'webpack',
  'esbuild',
  'rolldown',
  'running',
  'time',
  'ignore',
  'compareWith',
  'uiReports',
  'disableModuleConcatenation',
  'modifyWebpackConfig',
  'modifyEsbuildConfig',
  'modifyRolldownConfig',
])

/**
 * Reads a size-limit configuration (version 14): its array, or the `size-limit` field of a `package.json`. Figures and
 * verdicts are those of the `size-limit` command with `@size-limit/file`, except that a limit of `0` is a limit.
 *
 * @param file name for messages
 * @throws `PACELINE_SIZE_LIMIT_UNREADABLE` listing every entry that cannot be used
 */
export function parseSizeLimit(text: string, file: string): SizeLimitCheck[] {
  const entries = listOf(text, file)
  const problems: string[] = []
  const checks = entries.map((entry, position) => readEntry(entry, position, problems))
  if (problems.length > 0) throw budgetError('PACELINE_SIZE_LIMIT_UNREADABLE', [file, problems])
  return checks
}

function listOf(text: string, file: string): unknown[] {
  const refuse = (problem: string, cause?: unknown) =>
    budgetError('PACELINE_SIZE_LIMIT_UNREADABLE', [file, [problem]], { cause })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw refuse('It is not JSON. Paceline reads size-limit files in JSON only.', cause)
  }
  if (isRecord(value) && 'size-limit' in value) value = value['size-limit']
  if (!Array.isArray(value))
    throw refuse('It holds no array. Write `[{ "path": "dist/assets/*.js", "limit": "200 kB" }]`.')
  if (value.length === 0) throw refuse('Its array is empty. Add an entry with `path` and `limit`.')
  return value
}

function readEntry(entry: unknown, position: number, problems: string[]): SizeLimitCheck {
  const refuse = (problem: string) => problems.push(`[${position}] ${problem}`)
  const nothing: SizeLimitCheck = { name: undefined, path: [], limit: undefined, encoding: 'brotli' }
  if (!isRecord(entry)) {
    refuse(`is not an object; received ${JSON.stringify(entry)}.`)
    return nothing
  }
  for (const [key, value] of Object.entries(entry)) {
    // `false` and an empty list say that the step is not wanted, as for a preset that would run it.
    const off = value === false || (Array.isArray(value) && value.length === 0)
    if (BUNDLING.has(key) && !off) {
      refuse(
        `\`${key}\` makes size-limit bundle or run the code. Paceline checks the emitted files only: remove it, or leave the entry to the size-limit command.`,
      )
    } else if (!KNOWN.includes(key) && !BUNDLING.has(key)) {
      const near = nearest(key, KNOWN)
      refuse(`\`${key}\` is not an option of size-limit.${near ? ` Did you mean \`${near}\`?` : ''}`)
    }
  }
  if (Array.isArray(entry.disablePlugins) && entry.disablePlugins.includes('@size-limit/file')) {
    refuse('`disablePlugins` turns `@size-limit/file` off, so the entry has no size.')
  }
  const path = typeof entry.path === 'string' ? [entry.path] : entry.path
  if (!isStrings(path) || path.length === 0) {
    refuse(`\`path\` must be a glob or a list of globs; received ${JSON.stringify(entry.path)}.`)
    return nothing
  }
  return {
    name: typeof entry.name === 'string' && entry.name !== '' ? entry.name : undefined,
    path,
    limit: readLimit(entry.limit, refuse),
    // The order of size-limit: gzip when asked for, raw when brotli is turned off, else brotli.
    encoding: entry.gzip === true ? 'gzip' : entry.brotli === false ? 'raw' : 'brotli',
  }
}

const SIZE = /^([+-]?\d+(?:\.\d+)?) *(?:([kmgtpezy])?(i)?b)?$/i

/** size-limit's own grammar of sizes; any unit with an `s` in it is a time to it. */
function readLimit(limit: unknown, refuse: (problem: string) => void): number | undefined {
  if (limit === undefined) return undefined
  if (typeof limit === 'number' && Number.isFinite(limit)) return limit
  const match = SIZE.exec(String(limit))
  if (typeof limit === 'string' && match) {
    const power = match[2] ? 'kmgtpezy'.indexOf(match[2].toLowerCase()) + 1 : 0
    return Math.floor(Number(match[1]) * (match[3] ? 1024 : 1000) ** power)
  }
  if (typeof limit === 'string' && /s/i.test(limit)) {
    refuse(`\`limit\` is a time; received ${JSON.stringify(limit)}. Paceline checks sizes of files only.`)
  } else {
    refuse(
      `\`limit\` is not a size; received ${JSON.stringify(limit)}. Write a number of bytes or a size such as "170 kB".`,
    )
  }
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
