import { encoders, type Encoding } from '@paceline/kit'
import { encodingOf, type AlgorithmFunction, type AlgorithmOption } from '../algorithms.ts'

/** An algorithm, ready to be used. */
export interface Codec {
  /** As people know it: the encoding, or `custom`. */
  readonly name: Encoding | 'custom'
  /** What the stream is, when that is known: such a sibling can be decoded and compared. */
  readonly encoding: Encoding | undefined
  /** Suffix of siblings, unless `filename` says otherwise. */
  readonly extension: string
  /** What a `filename` function is told, with the names of vite-plugin-compression2. */
  readonly told: { readonly algorithm: unknown; readonly options: object }
  readonly encoder: ZlibEncoder | CustomEncoder
}

export interface ZlibEncoder {
  readonly kind: 'zlib'
  readonly encoding: Encoding
  /** In place of Paceline's. */
  readonly options: object | undefined
}

export interface CustomEncoder {
  readonly kind: 'custom'
  readonly encode: (input: Buffer) => Promise<Uint8Array>
}

/** Long names, as `filename` functions written for vite-plugin-compression2 compare with. */
const LONG = { gzip: 'gzip', brotli: 'brotliCompress', zstd: 'zstandard' } as const

export function createCodec(algorithm: AlgorithmOption): Codec {
  const [which, options] = typeof algorithm === 'string' ? [algorithm, undefined] : algorithm
  if (typeof which === 'function') return customCodec(which, options ?? {})
  const encoding = encodingOf(which)
  const { call, extension } = encoders[encoding]
  return {
    name: encoding,
    encoding,
    extension,
    told: { algorithm: LONG[encoding], options: { ...call(0).options, ...options } },
    encoder: { kind: 'zlib', encoding, options },
  }
}

function customCodec(encode: AlgorithmFunction, options: object): Codec {
  return {
    name: 'custom',
    encoding: undefined,
    extension: '.gz',
    told: { algorithm: encode, options },
    encoder: { kind: 'custom', encode: (input) => encode(input, options) },
  }
}
