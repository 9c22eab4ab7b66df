import { encoders, encodings } from '@paceline/kit'
import type { ArchivedFile, ReleaseRecord } from './archive/release-record.ts'
import { dictionaryPattern, hasDeltas } from './deltas/dictionary-pattern.ts'
import type { MadeDelta } from './deltas/make-deltas.ts'
import { mountPath, type Documents } from './links/documents.ts'
import type { DeliveredEncoding, DeliveredFile, DeliveredFormat, DeliveryManifest } from './manifest.ts'
import { assignPolicies } from './policy/assign-policies.ts'
import { mimeType } from './policy/mime-type.ts'
import type { PolicyOverrides } from './policy/policy-options.ts'

/** All that a build knows of how it is to be delivered. */
export interface ManifestInput {
  readonly current: ReleaseRecord
  /** Files of earlier releases that are in the output. */
  readonly archived: readonly ArchivedFile[]
  readonly deltas: readonly MadeDelta[]
  /** Further files of the output, such as the list of releases. */
  readonly besides: readonly ArchivedFile[]
  readonly documents: Documents
  readonly policy: PolicyOverrides
}

/** Pictures are put beside their originals under these names, with the original's in front. */
const FORMATS: Readonly<Record<string, string>> = { '.avif': 'image/avif', '.webp': 'image/webp' }

/** @throws `PACELINE_DELIVERY_GLOB`, `PACELINE_DELIVERY_HEADER` */
export function buildManifest(input: ManifestInput): DeliveryManifest {
  const { current, archived, deltas, besides, documents, policy } = input
  const own = new Map(current.files.map((file) => [file.file, file]))
  const formats = formatsOf(own)
  const taken = new Set([...formats.values()].flat().map(({ file }) => file))
  const all = [
    ...[...current.files, ...besides]
      .filter(({ file }) => !taken.has(file))
      .map((entry) => ({ entry, archived: false })),
    ...archived.map((entry) => ({ entry, archived: true })),
  ]
  const { policies, names } = assignPolicies(
    all.map(({ entry }) => ({ file: entry.file, hashed: entry.stem !== undefined })),
    { overrides: policy, crossOrigin: /^(?:https?:)?\/\//.test(current.base) },
  )
  const deltasOf = Map.groupBy(deltas, ({ of }) => of)
  const files = all.map(({ entry, archived: isArchived }): DeliveredFile => {
    const made = (deltasOf.get(entry.file) ?? []).toSorted(bySize)
    const pictures = formats.get(entry.file) ?? []
    const encoded = encodingsOf(entry)
    return {
      file: entry.file,
      type: mimeType(entry.file),
      bytes: entry.bytes,
      sha256: entry.sha256,
      policy: names.get(entry.file)!,
      hashed: entry.stem !== undefined,
      ...(isArchived ? { archived: true as const } : {}),
      ...(encoded.length > 0 ? { encodings: encoded } : {}),
      ...(pictures.length > 0 ? { formats: pictures } : {}),
      ...(made.length > 0
        ? { deltas: made.map(({ encoding, dictionary, file, bytes }) => ({ encoding, dictionary, file, bytes })) }
        : {}),
      ...(entry.dictionary && entry.stem && hasDeltas(entry)
        ? { dictionaryFor: dictionaryPattern(entry.stem, current.base) }
        : {}),
    }
  })
  return {
    schemaVersion: 1,
    release: current.release,
    base: mountPath(current.base),
    policies,
    files: files.sort((a, b) => (a.file < b.file ? -1 : 1)),
    ...documents,
  }
}

function encodingsOf({ file, siblings = [] }: ArchivedFile): DeliveredEncoding[] {
  return encodings
    .flatMap((encoding): DeliveredEncoding[] => {
      const { extension, contentEncoding } = encoders[encoding]
      const sibling = siblings.find((one) => one.file === file + extension)
      return sibling ? [{ encoding: contentEncoding, file: sibling.file, bytes: sibling.bytes }] : []
    })
    .sort(bySize)
}

/** Public pictures with siblings in other formats: `photo.jpg` and `photo.jpg.avif`. */
function formatsOf(files: ReadonlyMap<string, ArchivedFile>): Map<string, DeliveredFormat[]> {
  const formats = new Map<string, DeliveredFormat[]>()
  for (const [file, { stem, bytes }] of files) {
    const extension = file.slice(file.lastIndexOf('.'))
    const original = file.slice(0, -extension.length)
    const type = FORMATS[extension]
    if (type === undefined || stem || !files.has(original)) continue
    formats.set(original, [...(formats.get(original) ?? []), { type, file, bytes }].sort(bySize))
  }
  return formats
}

function bySize(a: { readonly bytes: number }, b: { readonly bytes: number }): number {
  return a.bytes - b.bytes
}
