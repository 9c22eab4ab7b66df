import type { ReleaseRecord } from './release-record.ts'

/** A name that stands for two contents. */
export interface NameCollision {
  readonly file: string
  /** SHA-256 of what it stands for now, and of what the release has. */
  readonly now: string
  readonly was: string
  /** The release that has the name with other bytes. */
  readonly release: string
}

/**
 * Hashed names of a release that an archived one has with other bytes. Browsers keep such a file for a year without asking, so visitors of the
 * earlier release would never get the new bytes.
 */
export function findCollisions(current: ReleaseRecord, archived: readonly ReleaseRecord[]): NameCollision[] {
  const hashes = new Map(
    current.files.filter(({ stem }) => stem !== undefined).map(({ file, sha256 }) => [file, sha256]),
  )
  return archived
    .filter(({ base }) => base === current.base)
    .flatMap(({ release, files }) =>
      files
        .filter(({ file, stem, sha256 }) => stem && hashes.has(file) && hashes.get(file) !== sha256)
        .map(({ file, sha256 }) => ({ file, release, now: hashes.get(file)!, was: sha256 })),
    )
}

/** Bundlers add it when the name is made: a build with source maps and one without have the same names. */
const MAP_COMMENT = /\n?(?:\/\/[#@] sourceMappingURL=[^\n]*|\/\*# sourceMappingURL=[^*]*\*\/)\s*$/

/** Whether two contents are the same but for where their source maps are: whoever has the one needs not the other. */
export function isSameCode(a: Uint8Array, b: Uint8Array): boolean {
  const code = (content: Uint8Array): string =>
    Buffer.from(content).toString('latin1').replace(MAP_COMMENT, '').trimEnd()
  return code(a) === code(b)
}
