import * as v from 'valibot'

/** What of a file's name is not its hash: `assets/index-` and `.js`. Relative to the output directory. */
export interface NameStem {
  readonly prefix: string
  readonly suffix: string
}

/** A content of the archive under the name it had. */
export interface ArchivedContent {
  /** Relative to the output directory, with `/`. */
  readonly file: string
  /** 64 hex digits. */
  readonly sha256: string
  readonly bytes: number
}

/** A module's part of a file, as the archive keeps it. */
export interface ArchivedModule {
  readonly id: string
  /** Of the module's code before it was bundled, 16 hex digits; empty when it is not known. */
  readonly hash: string
  /** Raw bytes in the file. */
  readonly bytes: number
  /** Package it belongs to, `react@19.2.0`; absent for the app's own code. */
  readonly package?: string | undefined
}

export interface ArchivedFile extends ArchivedContent {
  /** Only for files whose name changes with their content. */
  readonly stem?: NameStem | undefined
  /** Whether browsers keep it as the dictionary for its stem, see `dictionaryHolders`. */
  readonly dictionary?: true | undefined
  /** Absent for what is not made from modules, and in releases fetched from a live site. */
  readonly modules?: readonly ArchivedModule[] | undefined
  /** Compressed forms that were beside it. */
  readonly siblings?: readonly ArchivedContent[] | undefined
}

/** One release: `<release>.json` in the archive. */
export interface ReleaseRecord {
  readonly schemaVersion: 1
  readonly release: string
  /** ISO 8601: when it was built last, or brought back. */
  readonly createdAt: string
  readonly base: string
  /** Sorted by name. */
  readonly files: readonly ArchivedFile[]
  /** SHA-256 of the build's report, a content as well. Without it the release cannot be brought back. */
  readonly report?: string | undefined
}

const sha256 = v.pipe(v.string(), v.regex(/^[\da-f]{64}$/))
/** Names become paths: nothing may lead out of the output directory. */
const file = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.check((name) => !/[\0\\]/.test(name) && !/^[/]|^[A-Za-z]:/.test(name) && !name.split('/').includes('..')),
)
const content = { file, sha256, bytes: v.pipe(v.number(), v.integer(), v.minValue(0)) }
const stem = v.object({ prefix: v.string(), suffix: v.string() })
const module = v.object({ id: v.string(), hash: v.string(), bytes: v.number(), package: v.optional(v.string()) })

export const archivedFileSchema: v.GenericSchema<unknown, ArchivedFile> = v.object({
  ...content,
  stem: v.optional(stem),
  dictionary: v.optional(v.literal(true)),
  modules: v.optional(v.array(module)),
  siblings: v.optional(v.array(v.object(content))),
})

export const RELEASE_ID: RegExp = /^[\da-f]{12}$/

const schema = v.object({
  schemaVersion: v.literal(1),
  release: v.pipe(v.string(), v.regex(RELEASE_ID)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  base: v.string(),
  files: v.array(archivedFileSchema),
  report: v.optional(sha256),
}) satisfies v.GenericSchema<unknown, ReleaseRecord>

/** The record in a text, or nothing when it is none: cut off, of another version, with paths that lead elsewhere. */
export function parseRecord(text: string): ReleaseRecord | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

/** One line per file: small, and readable with line-based tools. */
export function serializeRecord({ files, ...head }: ReleaseRecord): string {
  const lines = files.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')
  return `${JSON.stringify(head).slice(0, -1)},"files":[\n${lines}\n]}\n`
}

/** Every content that a release needs. */
export function contentsOf({ files, report }: ReleaseRecord): string[] {
  const hashes = files.flatMap((entry) => [entry.sha256, ...(entry.siblings ?? []).map((sibling) => sibling.sha256)])
  return [...new Set(report === undefined ? hashes : [...hashes, report])]
}
