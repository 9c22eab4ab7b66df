import { createHash } from 'node:crypto'
import { fileUrl } from '../links/route-links.ts'
import type { DeliveredDocument, DeliveredFile, DeliveryManifest } from '../manifest.ts'
import { fileHeaders } from '../policy/file-headers.ts'
import { basePath, fileDirectories, pathResolver } from '../policy/resolve-path.ts'
import { compareHeaders } from './compare-headers.ts'
import type { AskSite } from './examine-file.ts'
import type { Finding } from './findings.ts'

/** A name that nothing has. */
const NOTHING = 'paceline-doctor-0000'

/** Whether what is missing is missing, and whether pages answer at their addresses. */
export function pathExaminations(manifest: DeliveryManifest): ((ask: AskSite) => Promise<Finding[]>)[] {
  const resolve = pathResolver(manifest)
  const prefix = basePath(manifest)
  const missing = [
    ...fileDirectories(manifest).map((directory) => `${directory}${NOTHING}.js`),
    `${prefix}/${NOTHING}.js`,
  ]
  const pages = new Set(manifest.documents.map(({ pattern }) => addressOf(pattern)))
  // Deep enough that a host that looks only at the first segment shows it.
  pages.add(`${prefix}/${NOTHING}/deep/link`)
  return [
    ...missing.map((path) => async (ask: AskSite) => examineMissing(path, await ask(path, { accept: '*/*' }))),
    ...[...pages].map((path) => async (ask: AskSite) => {
      const expected = resolve(path, 'text/html')
      const answer = await ask(path, { accept: 'text/html,*/*;q=0.8', 'accept-encoding': 'identity' })
      if (!answer) return []
      if (!expected) return examineMissing(path, answer)
      return examinePage(manifest, { path, ...expected }, answer)
    }),
  ]
}

function examineMissing(path: string, answer: Awaited<ReturnType<AskSite>>): Finding[] {
  if (!answer || answer.status === 404) return []
  const type = answer.headers['content-type']
  return [{ check: 'missing file', path, expected: '404', received: `${answer.status}${type ? ` with ${type}` : ''}` }]
}

interface ExpectedPage {
  readonly path: string
  readonly file: DeliveredFile
  readonly document?: DeliveredDocument
}

function examinePage(
  manifest: DeliveryManifest,
  { path, file, document }: ExpectedPage,
  { status, headers, body }: NonNullable<Awaited<ReturnType<AskSite>>>,
): Finding[] {
  if (status !== 200) return [{ check: 'page', path, expected: `200 with ${file.file}`, received: String(status) }]
  const isFile = createHash('sha256').update(body).digest('hex') === file.sha256
  // Encoded though nobody asked: the file itself was looked at under its own name.
  if (!isFile && headers['content-encoding'] === undefined) {
    return [{ check: 'bytes', path, expected: file.file, received: 'another page' }]
  }
  const differences = compareHeaders(fileHeaders(manifest, file), headers)
  const findings = differences.map((difference): Finding => ({ check: 'header', path, ...difference }))
  return [
    ...findings,
    ...linkFindings(path, document?.links ?? [], headers['link'] ?? ''),
    ...speculationFindings(manifest, path, document?.speculationRules, headers['speculation-rules']),
  ]
}

function linkFindings(path: string, links: readonly string[], sent: string): Finding[] {
  const without = links.filter((link) => !sent.includes(link.slice(0, link.indexOf('>') + 1)))
  if (without.length === 0) return []
  const received = `${links.length - without.length} of them`
  return [{ check: 'link', path, expected: `${links.length} links`, received }]
}

/** The header is a list of URLs as strings (RFC 9651), each against the page; a site may have rules of its own beside ours. */
function speculationFindings(
  { base }: DeliveryManifest,
  path: string,
  rules: string | undefined,
  sent: string | undefined,
): Finding[] {
  if (rules === undefined) return []
  const page = `http://localhost${path}`
  const expected = fileUrl(base, rules)
  const wanted = new URL(expected, page).href
  const named = [...(sent ?? '').matchAll(/"([^"]*)"/g)].map(([, url]) => URL.parse(url!, page)?.href)
  if (named.includes(wanted)) return []
  return [{ check: 'speculation rules', path, expected, received: sent ?? 'nothing' }]
}

/** An address that fits a pattern: anything in place of what is open. */
function addressOf(pattern: string): string {
  const segments = pattern.split('/').filter((segment) => !segment.endsWith('?'))
  const path = segments
    .map((segment) => (segment.startsWith(':') || segment.startsWith('*') ? NOTHING : segment))
    .join('/')
  return encodeURI(path === '' ? '/' : path)
}
