import { errorCodes } from '@paceline/kit'
import { patternSource } from '../../links/path-pattern.ts'
import type { DeliveredDocument, DeliveryManifest } from '../../manifest.ts'
import { fileHeaders } from '../../policy/file-headers.ts'
import { basePath, filePathSources, isFixed, TAKES_PAGES } from '../../policy/resolve-path.ts'
import { LONGEST_LINE } from '../static-hosts/header-rules.ts'
import { headersFile } from '../static-hosts/host-files.ts'
import type { ResolvedTargetOptions } from '../target-options.ts'
import type { TargetFile } from '../target.ts'
import { WORKER_SOURCE } from './worker-source.ts'

/**
 * Cloudflare: `_headers` for Pages and for assets without a Worker; and a small Worker in front of the assets, which negotiates encodings,
 * formats and deltas, and answers 404 for what is missing: without it Pages sends the shell.
 */
export function cloudflare(manifest: DeliveryManifest, { existing }: ResolvedTargetOptions): TargetFile[] {
  const file = (name: string, content: string, where: TargetFile['where']): TargetFile => ({
    target: 'cloudflare',
    file: name,
    content,
    where,
  })
  const headers = headersIfTheyFit(manifest, existing.get('_headers') ?? '')
  return [
    ...(headers === undefined ? [] : [file('_headers', headers, 'output')]),
    file('worker.js', workerFile(manifest), 'config'),
    file('wrangler.jsonc', WRANGLER, 'config'),
  ]
}

/** The Worker sends all headers itself: where they are too many or too long for a file of rules, it is the way. */
function headersIfTheyFit(manifest: DeliveryManifest, existing: string): string | undefined {
  try {
    const text = headersFile(manifest, existing)
    return text.split('\n').some((line) => line.length > LONGEST_LINE) ? undefined : text
  } catch (error) {
    if (errorCodes(error).includes('PACELINE_DELIVERY_LIMIT')) return undefined
    throw error
  }
}

function workerFile(manifest: DeliveryManifest): string {
  const table = JSON.stringify(workerTable(manifest))
  const source = WORKER_SOURCE.replace('TAKES_PAGES', () => TAKES_PAGES.replaceAll('/', String.raw`\/`))
  return `// Release ${manifest.release}, written by Paceline; the next build writes it anew.\nconst TABLE = ${table}\n${source}`
}

function workerTable(manifest: DeliveryManifest): object {
  const prefix = `${basePath(manifest)}/`
  const { directories = null, extensions } = filePathSources(manifest)
  const files = manifest.files.map((file) => [
    prefix + file.file,
    [
      file.file,
      fileHeaders(manifest, file),
      file.sha256.slice(0, 32),
      (file.encodings ?? []).map((one) => [one.encoding, one.file]),
      (file.formats ?? []).map((one) => [one.type, one.file]),
      (file.deltas ?? []).map((one) => [one.encoding, offered(one.dictionary), one.file]),
    ],
  ])
  return {
    base: prefix,
    directories,
    extensions,
    files: Object.fromEntries(files) as object,
    documents: manifest.documents.map((document) => [
      patternSource(document.pattern),
      prefix + document.file,
      documentHeaders(document, prefix),
      isFixed(document.pattern),
    ]),
    fallback: manifest.fallback === undefined ? null : prefix + manifest.fallback,
    notFound: manifest.notFound ?? null,
  }
}

function documentHeaders({ links, speculationRules }: DeliveredDocument, prefix: string): Record<string, string> {
  return {
    ...(links.length > 0 ? { link: links.join(', ') } : {}),
    ...(speculationRules === undefined ? {} : { 'speculation-rules': `"${prefix}${speculationRules}"` }),
  }
}

/** As `Available-Dictionary` says it: a byte sequence of structured fields. */
function offered(sha256: string): string {
  return `:${Buffer.from(sha256, 'hex').toString('base64')}:`
}

const WRANGLER = `{
  // An example, to be merged with yours. "directory" is the output of vite build.
  "name": "app",
  "main": "./worker.js",
  "compatibility_date": "2026-01-01",
  "assets": {
    "directory": "../../../dist",
    "binding": "ASSETS",
    "run_worker_first": true,
    // The Worker knows which page answers for which address.
    "html_handling": "none",
    "not_found_handling": "none"
  }
}
`
