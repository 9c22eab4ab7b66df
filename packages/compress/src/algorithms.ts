import type { BrotliOptions, ZlibOptions, ZstdOptions } from 'node:zlib'
import type { Encoding } from '@paceline/kit'
import type { DeflateName } from './core/deflate.ts'

/** Every name that vite-plugin-compression2 knows. Servers look for the first three beside files. */
const NAMES: Readonly<Record<AlgorithmName, Encoding | DeflateName>> = {
  gzip: 'gzip',
  gz: 'gzip',
  brotli: 'brotli',
  br: 'brotli',
  brotliCompress: 'brotli',
  zstd: 'zstd',
  zstandard: 'zstd',
  deflate: 'deflate',
  deflateRaw: 'deflateRaw',
}

export type AlgorithmName = 'gzip' | 'gz' | 'brotli' | 'br' | 'brotliCompress' | 'zstd' | 'zstandard' | DeflateName

/** An encoder of your own. Its results are not cached, since nobody can know when it changes. */
export type AlgorithmFunction = (input: Buffer, options: object) => Promise<Uint8Array>

/** An algorithm with its options, as `defineAlgorithm` makes it. */
export type DefinedAlgorithm = readonly [AlgorithmName | AlgorithmFunction, object]

export type AlgorithmOption = AlgorithmName | DefinedAlgorithm

/** What zlib takes for a name. */
type OptionsOf<Name extends AlgorithmName> = Name extends 'gzip' | 'gz' | DeflateName
  ? ZlibOptions
  : Name extends 'zstd' | 'zstandard'
    ? ZstdOptions
    : BrotliOptions

/**
 * An algorithm with options of its own: those of zlib, which replace Paceline's, or those that a function of yours is given.
 *
 * @example defineAlgorithm('gzip', { level: 6 })
 */
export function defineAlgorithm<Name extends AlgorithmName>(
  algorithm: Name,
  options?: OptionsOf<Name>,
): DefinedAlgorithm
export function defineAlgorithm(algorithm: AlgorithmFunction, options?: object): DefinedAlgorithm
export function defineAlgorithm(algorithm: AlgorithmName | AlgorithmFunction, options: object = {}): DefinedAlgorithm {
  return [algorithm, options]
}

export const algorithmNames: readonly AlgorithmName[] = Object.keys(NAMES) as AlgorithmName[]

export function encodingOf(name: AlgorithmName): Encoding | DeflateName {
  return NAMES[name]
}
