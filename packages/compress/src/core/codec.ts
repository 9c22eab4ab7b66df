import { encoders, type Encoding } from '@paceline/kit'
import { encodingOf, type AlgorithmFunction, type AlgorithmOption } from '../algorithms.ts'
import { decodeDeflate, deflateOptions, encodeDeflate, isDeflate, type DeflateName } from './deflate.ts'

/** Fails on what decodes to more than `limit` bytes. */
export type Decode = (stream: Uint8Array, limit: number) => Promise<Buffer>

/** An algorithm, ready to be used. */
export interface Codec {
  /** As people know it: the encoding, or `custom`. */
  readonly name: Encoding | DeflateName | 'custom'
  /** Decodes the stream, when it is known what it is: such a sibling can be compared with its file. */
  readonly decode: Decode | undefined
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
  if (isDeflate(encoding)) return deflateCodec(encoding, options ?? {})
  const { call, extension } = encoders[encoding]
  return {
    name: encoding,
    decode: encoders[encoding].decode,
    extension,
    told: { algorithm: LONG[encoding], options: { ...call(0).options, ...options } },
    encoder: { kind: 'zlib', encoding, options },
  }
}

/** As cheap as a function of the user's own to run, and not worth keeping. */
function deflateCodec(name: DeflateName, options: object): Codec {
  return {
    name,
    decode: async (stream, limit) => decodeDeflate(name, stream, limit),
    // Under the name of gzip, as vite-plugin-compression2 has it, a server would send what no browser can read.
    extension: `.${name === 'deflate' ? 'zz' : 'deflate'}`,
    told: { algorithm: name, options: { ...deflateOptions, ...options } },
    encoder: { kind: 'custom', encode: async (input) => encodeDeflate(name, input, options) },
  }
}

function customCodec(encode: AlgorithmFunction, options: object): Codec {
  return {
    name: 'custom',
    decode: undefined,
    extension: '.gz',
    told: { algorithm: encode, options },
    encoder: { kind: 'custom', encode: (input) => encode(input, options) },
  }
}
