import { promisify } from 'node:util'
import { constants, deflate, deflateRaw, inflate, inflateRaw } from 'node:zlib'

/** With the header of RFC 1950, and bare as in RFC 1951. No server looks for either beside a file. */
export type DeflateName = 'deflate' | 'deflateRaw'

const CODERS = {
  deflate: { encode: promisify(deflate), decode: promisify(inflate) },
  deflateRaw: { encode: promisify(deflateRaw), decode: promisify(inflateRaw) },
}

export const deflateOptions: { readonly level: number } = { level: constants.Z_BEST_COMPRESSION }

export function isDeflate(name: string): name is DeflateName {
  return Object.hasOwn(CODERS, name)
}

export async function encodeDeflate(name: DeflateName, input: Uint8Array, options: object): Promise<Buffer> {
  return CODERS[name].encode(input, { ...deflateOptions, ...options })
}

/** @param limit bytes above which decoding fails; at least one, as zlib wants it */
export async function decodeDeflate(name: DeflateName, input: Uint8Array, limit: number): Promise<Buffer> {
  return CODERS[name].decode(input, { maxOutputLength: Math.max(1, limit) })
}
