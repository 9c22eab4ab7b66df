import type { AssetKind } from '../../../shared/api.ts'

export interface ImportFile {
  name: string
  kind: AssetKind
  bytes: number
}

const KINDS: readonly [pattern: RegExp, kind: AssetKind][] = [
  [/^image\/svg/, 'vector'],
  [/^image\//, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
]

/** Raw files of cameras have no media type that browsers know; their names tell. */
const RAW = /\.(raf|dng|cr3|nef|arw|tiff?)$/i

export function toImportFile({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>): ImportFile {
  const known = KINDS.find(([pattern]) => pattern.test(type))?.[1]
  return { name, bytes: size, kind: known ?? (RAW.test(name) ? 'image' : 'document') }
}
