import { escapeExpression } from '../../links/path-pattern.ts'
import { fileUrl } from '../../links/route-links.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import type { Headers } from '../../policy/assign-policies.ts'
import { basePath, fileDirectories, isFixed } from '../../policy/resolve-path.ts'
import { deliveryError } from '../../errors.ts'
import type { TargetFile } from '../target.ts'
import { wantedHeaders } from './header-rules.ts'

/** Headers, redirects and rewrites together (https://vercel.com/docs/limits#routes-created-per-deployment). */
const MOST_ROUTES = 2048
/** Characters of one `source`, as the schema of vercel.json says. */
const LONGEST_SOURCE = 4096

interface VercelHeaders {
  readonly source: string
  readonly headers: readonly { readonly key: string; readonly value: string }[]
}

/**
 * Vercel: what belongs into `vercel.json`, to be merged with the user's by hand. It encodes by itself; deltas and formats need a server.
 *
 * @throws `PACELINE_DELIVERY_LIMIT`
 */
export function vercel(manifest: DeliveryManifest): TargetFile[] {
  const headers = [...fileRules(manifest), ...documentRules(manifest)]
  const rewrites = rewritesOf(manifest)
  if (headers.length + rewrites.length > MOST_ROUTES) {
    throw deliveryError('PACELINE_DELIVERY_LIMIT', ['vercel.json', headers.length + rewrites.length, MOST_ROUTES])
  }
  const content = {
    $schema: 'https://openapi.vercel.sh/vercel.json',
    headers,
    rewrites,
  }
  return [{ target: 'vercel', file: 'vercel.json', content: `${JSON.stringify(content, null, 2)}\n`, where: 'config' }]
}

/** Files with the same headers share rules, as alternatives of one expression. */
function fileRules(manifest: DeliveryManifest): VercelHeaders[] {
  const groups = Map.groupBy(manifest.files, (file) => JSON.stringify(wantedHeaders(manifest, file)))
  return [...groups].flatMap(([headers, files]) =>
    alternatives(files.map(({ file }) => escapeSource(fileUrl('/', file).slice(1)))).map((names) => ({
      source: `${escapeSource(basePath(manifest))}/(${names})`,
      headers: pairs(JSON.parse(headers) as Headers),
    })),
  )
}

function documentRules(manifest: DeliveryManifest): VercelHeaders[] {
  return manifest.documents.flatMap(({ pattern, file, links, speculationRules }): VercelHeaders[] => {
    const page = manifest.files.find((one) => one.file === file)
    if (!page || !isFixed(pattern)) return []
    const own: Headers = {
      ...(links.length === 0 ? {} : { link: links.join(', ') }),
      ...(speculationRules === undefined
        ? {}
        : { 'speculation-rules': `"${fileUrl(manifest.base, speculationRules)}"` }),
    }
    return [{ source: escapeSource(encodeURI(pattern)), headers: pairs({ ...wantedHeaders(manifest, page), ...own }) }]
  })
}

/** Files go before rewrites; what is left is a page at its address, or the shell, but never in place of a file that is missing. */
function rewritesOf(manifest: DeliveryManifest): { source: string; destination: string }[] {
  const prefix = basePath(manifest)
  const pages = manifest.documents
    .filter(({ pattern }) => isFixed(pattern))
    .map(({ pattern, file }) => ({
      source: escapeSource(encodeURI(pattern)),
      destination: fileUrl(manifest.base, file),
    }))
  if (manifest.fallback === undefined) return pages
  const directories = fileDirectories(manifest).map((directory) => escapeSource(directory.slice(prefix.length + 1)))
  const except = directories.length === 0 ? '' : `(?!${directories.join('|')})`
  const shell = {
    source: `${escapeSource(prefix)}/(${except}.*)`,
    destination: fileUrl(manifest.base, manifest.fallback),
  }
  return [...pages, shell]
}

/** Sources are path-to-regexp 6: these characters mean something there, or in the expression that it becomes. */
function escapeSource(text: string): string {
  return escapeExpression(text).replaceAll(':', String.raw`\:`)
}

function alternatives(names: readonly string[]): string[] {
  const sources: string[] = []
  for (const name of names) {
    const last = sources.at(-1)
    if (last === undefined || last.length + name.length + 16 > LONGEST_SOURCE) sources.push(name)
    else sources[sources.length - 1] = `${last}|${name}`
  }
  return sources
}

function pairs(headers: Headers): { key: string; value: string }[] {
  return Object.entries(headers).map(([key, value]) => ({ key, value }))
}
