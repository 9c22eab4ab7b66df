import { remembered } from './remembered.ts'
import { parseWeightedList } from './weighted-list.ts'

/** The codings that a file may be sent in, as `Content-Encoding` says them. */
export type ContentCoding = 'identity' | 'br' | 'gzip' | 'zstd' | 'dcb' | 'dcz'

/** How much a client wants each coding, 0 to 1; 0: not at all. */
export type AcceptedCodings = Readonly<Record<ContentCoding, number>>

/** What is not mentioned is acceptable uncompressed, and wanted less than anything that is mentioned: weights have three digits. */
const UNMENTIONED = 0.0005
const ONLY_IDENTITY: AcceptedCodings = { identity: 1, br: 0, gzip: 0, zstd: 0, dcb: 0, dcz: 0 }

const parse = remembered(parseAcceptEncoding)

/** Weights of the codings for a value of `Accept-Encoding` (RFC 9110, 12.5.3). A client that sends none gets files as they are. */
export function acceptedCodings(value: string | undefined): AcceptedCodings {
  return value === undefined ? ONLY_IDENTITY : parse(value)
}

function parseAcceptEncoding(value: string): AcceptedCodings {
  const named = new Map<string, number>()
  for (const { name, q } of parseWeightedList(value)) {
    const coding = name === 'x-gzip' ? 'gzip' : name
    named.set(coding, Math.max(q, named.get(coding) ?? 0))
  }
  const rest = named.get('*')
  const weight = (coding: ContentCoding): number => named.get(coding) ?? rest ?? 0
  return {
    identity: named.get('identity') ?? rest ?? UNMENTIONED,
    br: weight('br'),
    gzip: weight('gzip'),
    zstd: weight('zstd'),
    // A client that can decode against a dictionary says so by name (RFC 9842, 6).
    dcb: named.get('dcb') ?? 0,
    dcz: named.get('dcz') ?? 0,
  }
}
