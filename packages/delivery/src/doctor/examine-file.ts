import { createHash } from 'node:crypto'
import { encoders, encodings } from '@paceline/kit'
import { decodeDelta } from '../deltas/delta-format.ts'
import { fileUrl } from '../links/route-links.ts'
import type { DeliveredDelta, DeliveredFile, DeliveryManifest } from '../manifest.ts'
import { fileHeaders } from '../policy/file-headers.ts'
import { compareHeaders } from './compare-headers.ts'
import type { Finding } from './findings.ts'
import type { RawAnswer } from './raw-request.ts'

/** Asks the site for a path; failures are findings of their own and give nothing. */
export type AskSite = (path: string, headers: Readonly<Record<string, string>>) => Promise<RawAnswer | undefined>

/** The browser's own list. */
const ALL_ENCODINGS = 'gzip, deflate, br, zstd'
const NO_DICTIONARY = `:${Buffer.alloc(32).toString('base64')}:`

/** Everything that can be asked about one file. */
export async function examineFile(manifest: DeliveryManifest, file: DeliveredFile, ask: AskSite): Promise<Finding[]> {
  const path = fileUrl(manifest.base, file.file)
  const findings: Finding[] = []
  const add = (finding: Omit<Finding, 'path'>): void => void findings.push({ ...finding, path })
  const plain = await ask(path, { 'accept-encoding': 'identity' })
  if (!plain) return findings
  if (plain.status !== 200) {
    add({ check: 'status', expected: '200', received: String(plain.status) })
    return findings
  }
  const body = await decodeBody(plain, file.bytes)
  if (body === undefined || sha256(body) !== file.sha256) {
    add({
      check: 'bytes',
      expected: `SHA-256 ${file.sha256.slice(0, 12)}…`,
      received: body ? `${sha256(body).slice(0, 12)}…` : 'what cannot be decoded',
    })
    return findings
  }
  for (const difference of compareHeaders(fileHeaders(manifest, file), plain.headers))
    add({ check: 'header', ...difference })
  for (const { encoding } of file.encodings ?? []) {
    const answer = await ask(path, { 'accept-encoding': encoding })
    if (answer) for (const finding of await encodingFindings(file, encoding, answer)) add(finding)
  }
  for (const { type } of file.formats ?? []) {
    const answer = await ask(path, { accept: `${type}, */*;q=0.1` })
    const received = answer?.headers['content-type']
    if (answer && received !== type)
      add({ check: 'format', subject: type, expected: type, received: received ?? 'no type' })
  }
  const unchanged = await revalidation(path, plain, ask)
  if (unchanged) add(unchanged)
  for (const finding of await deltaFindings(manifest, file, path, ask)) add(finding)
  return findings
}

async function encodingFindings(
  file: DeliveredFile,
  encoding: string,
  answer: RawAnswer,
): Promise<Omit<Finding, 'path'>[]> {
  const received = answer.headers['content-encoding']
  const base = { subject: encoding, expected: encoding }
  if (answer.status !== 200) return [{ check: 'status', ...base, expected: '200', received: String(answer.status) }]
  if (received !== encoding && received !== undefined)
    return [{ check: 'encoding', ...base, received: `${received}, which was not asked for` }]
  if (received === undefined) return [{ check: 'encoding', ...base, received: 'no encoding' }]
  const body = await decodeBody(answer, file.bytes)
  if (body && sha256(body) === file.sha256) return []
  return [
    { check: 'bytes', subject: encoding, expected: `SHA-256 ${file.sha256.slice(0, 12)}…`, received: 'other bytes' },
  ]
}

async function revalidation(
  path: string,
  { headers }: RawAnswer,
  ask: AskSite,
): Promise<Omit<Finding, 'path'> | undefined> {
  const { etag, 'last-modified': modified } = headers
  const expected = '304 to who has it'
  if (etag === undefined && modified === undefined)
    return { check: 'revalidation', expected, received: 'neither ETag nor Last-Modified' }
  const known: Record<string, string> =
    etag === undefined ? { 'if-modified-since': modified! } : { 'if-none-match': etag }
  const answer = await ask(path, { 'accept-encoding': 'identity', ...known })
  return !answer || answer.status === 304
    ? undefined
    : { check: 'revalidation', expected, received: String(answer.status) }
}

async function deltaFindings(
  manifest: DeliveryManifest,
  file: DeliveredFile,
  path: string,
  ask: AskSite,
): Promise<Omit<Finding, 'path'>[]> {
  if (!file.deltas) return []
  const findings: Omit<Finding, 'path'>[] = []
  const unknown = await ask(path, {
    'accept-encoding': `${ALL_ENCODINGS}, dcb, dcz`,
    'available-dictionary': NO_DICTIONARY,
  })
  const wrong = unknown?.headers['content-encoding']
  if (wrong?.startsWith('dc'))
    findings.push({ check: 'wrong delta', expected: 'no delta for an unknown dictionary', received: wrong })
  for (const delta of file.deltas) {
    const offered = `:${Buffer.from(delta.dictionary, 'hex').toString('base64')}:`
    const answer = await ask(path, { 'accept-encoding': `br, ${delta.encoding}`, 'available-dictionary': offered })
    if (!answer) continue
    const received = answer.headers['content-encoding']
    if (received !== delta.encoding)
      findings.push({
        check: 'delta',
        subject: delta.encoding,
        expected: delta.encoding,
        received: received ?? 'no encoding',
      })
    else if (!(await isRight(manifest, file, delta, answer, ask))) {
      findings.push({
        check: 'wrong delta',
        subject: delta.encoding,
        expected: 'a delta that decodes to the file',
        received: 'other bytes',
      })
    }
  }
  return findings
}

/** By decoding it, where the dictionary can still be had from the site; else by its head and its size. */
async function isRight(
  manifest: DeliveryManifest,
  file: DeliveredFile,
  delta: DeliveredDelta,
  { body }: RawAnswer,
  ask: AskSite,
): Promise<boolean> {
  const before = manifest.files.find(({ sha256 }) => sha256 === delta.dictionary)
  const dictionary = before && (await ask(fileUrl(manifest.base, before.file), { 'accept-encoding': 'identity' }))?.body
  if (dictionary && sha256(dictionary) === delta.dictionary) {
    const decoded = await decodeDelta(delta.encoding, body, dictionary, file.bytes + 1).catch(() => undefined)
    return decoded !== undefined && sha256(decoded) === file.sha256
  }
  const start = delta.encoding === 'dcb' ? 4 : 8
  return body.byteLength === delta.bytes && body.subarray(start, start + 32).toString('hex') === delta.dictionary
}

async function decodeBody({ headers, body }: RawAnswer, bytes: number): Promise<Buffer | undefined> {
  const encoding = headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return body
  const name = encodings.find((one) => encoders[one].contentEncoding === encoding)
  // A byte more than there should be is enough to see that it is another file.
  return name && encoders[name].decode(body, bytes + 1).catch(() => undefined)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
