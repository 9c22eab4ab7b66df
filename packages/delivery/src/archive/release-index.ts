import * as v from 'valibot'
import { archivedFileSchema, RELEASE_ID, type ArchivedFile, type ReleaseRecord } from './release-record.ts'

/** The file in the output that says which releases a site still has. */
export const RELEASE_INDEX = 'paceline-releases.json'

/** What another machine needs to fetch the archive from a live site: names, hashes and sizes of hashed files, which are public anyway. */
export interface ReleaseIndex {
  readonly schemaVersion: 1
  readonly base: string
  /** The current one first. */
  readonly releases: readonly { readonly release: string; readonly files: readonly ArchivedFile[] }[]
}

const schema = v.object({
  schemaVersion: v.literal(1),
  base: v.string(),
  releases: v.array(v.object({ release: v.pipe(v.string(), v.regex(RELEASE_ID)), files: v.array(archivedFileSchema) })),
}) satisfies v.GenericSchema<unknown, ReleaseIndex>

/** @param records the current one first; of the others only what is really there */
export function serializeIndex(records: readonly ReleaseRecord[], base: string): string {
  const releases = records.map(({ release, files }) => {
    const hashed = files.filter(({ stem }) => stem !== undefined).map(publicPart)
    const lines = hashed.map((file) => `    ${JSON.stringify(file)}`).join(',\n')
    return `  {"release":"${release}","files":[\n${lines}\n  ]}`
  })
  return `{"schemaVersion":1,"base":${JSON.stringify(base)},"releases":[\n${releases.join(',\n')}\n]}\n`
}

/** Modules stay at home: their names are nobody's business. */
function publicPart({ file, sha256, bytes, stem, dictionary }: ArchivedFile): ArchivedFile {
  return { file, sha256, bytes, stem, dictionary }
}

/** @returns nothing when the text is no index */
export function parseIndex(text: string): ReleaseIndex | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
