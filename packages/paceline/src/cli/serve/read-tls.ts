import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { errorCodes } from '@paceline/kit'
import type { Invocation } from '../command.ts'
import type { Io } from '../io.ts'
import { serveError } from './serve-errors.ts'

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/**
 * The certificate that was asked for; nothing when HTTP/1 without one is enough.
 *
 * @throws `PACELINE_SERVE_TLS`, `PACELINE_SERVE_SELFSIGNED`
 */
export async function readTls(invocation: Invocation, io: Io): Promise<Certificate | undefined> {
  const [cert, key] = [invocation.text('cert'), invocation.text('key')]
  if (cert !== undefined && key !== undefined) {
    const [certText, keyText] = await Promise.all([cert, key].map((file) => readPem(resolve(io.cwd, file))))
    return { cert: certText!, key: keyText! }
  }
  if (cert !== undefined) throw serveError('PACELINE_SERVE_TLS', ['`--cert` without `--key`'])
  if (key !== undefined) throw serveError('PACELINE_SERVE_TLS', ['`--key` without `--cert`'])
  if (invocation.flag('self-signed')) return selfSigned()
  if (invocation.flag('http2')) throw serveError('PACELINE_SERVE_TLS', ['none, and browsers speak it over TLS only'])
  return undefined
}

async function readPem(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text?.includes('-----BEGIN ')) return text
  throw serveError('PACELINE_SERVE_TLS', [`'${file}', which is ${text === undefined ? 'not there' : 'not in PEM'}`])
}

async function selfSigned(): Promise<Certificate> {
  const { generate } = await import('selfsigned').catch((cause: unknown) => {
    if (!errorCodes(cause).includes('ERR_MODULE_NOT_FOUND')) throw cause
    throw serveError('PACELINE_SERVE_SELFSIGNED', [], { cause })
  })
  const altNames = [
    { type: 2 as const, value: 'localhost' },
    { type: 7 as const, ip: '127.0.0.1' },
  ]
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames }],
  })
  return { cert, key }
}
