import { posix } from 'node:path'
import { compressError } from '../errors.ts'
import type { CompressOptions } from '../options.ts'
import type { Codec } from './codec.ts'

/**
 * What the siblings of a file are called, relative to the output directory, one for each codec.
 *
 * @throws `PACELINE_COMPRESS_FILENAME` when a name is taken, or leads out of the output
 */
export function siblingNames(
  file: string,
  codecs: readonly Codec[],
  filename: CompressOptions['filename'],
): ReadonlyMap<Codec, string> {
  const names = new Map<Codec, string>()
  const taken = new Set([file])
  for (const codec of codecs) {
    const name = filename === undefined ? file + codec.extension : patterned(file, codec, filename)
    if (name === '' || name.startsWith('../') || posix.isAbsolute(name)) {
      throw compressError('PACELINE_COMPRESS_FILENAME', [file, name, 'which lies outside the output directory'])
    }
    if (taken.has(name)) {
      throw compressError('PACELINE_COMPRESS_FILENAME', [file, name, 'which is the file itself or another sibling'])
    }
    taken.add(name)
    names.set(codec, name)
  }
  return names
}

function patterned(file: string, { told }: Codec, filename: NonNullable<CompressOptions['filename']>): string {
  const pattern = typeof filename === 'function' ? filename(file, told) : filename
  const { dir, base } = posix.parse(file)
  return posix.normalize(pattern.replace('[path]', () => (dir ? `${dir}/` : '')).replace('[base]', () => base))
}
