import { deliveryError } from '../../errors.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import { escapeExpression } from '../../links/path-pattern.ts'
import { fileUrl } from '../../links/route-links.ts'
import { basePath, fileDirectories } from '../../policy/resolve-path.ts'
import { headerRules, wantedHeaders, type HeaderRule } from './header-rules.ts'

const BEGIN = '# paceline: begin'
const END = '# paceline: end'

/** What a file says apart from what an earlier build of ours added to it. */
export function usersPart(text: string): string {
  const begin = text.indexOf(BEGIN)
  const end = text.indexOf(END)
  if (begin === -1 || end === -1) return text.trimEnd()
  return `${text.slice(0, begin).trimEnd()}\n${text.slice(end + END.length)}`.trim()
}

/**
 * A `_headers` file, as Netlify and Cloudflare read it: the user's rules first, then ours.
 *
 * @param existing the user's own file
 * @throws `PACELINE_DELIVERY_LIMIT`; `PACELINE_DELIVERY_CONFLICT` when both set one header for one address
 */
export function headersFile(manifest: DeliveryManifest, existing: string): string {
  const users = usersPart(existing)
  const own = parseRules(users)
  refuseConflicts(manifest, own)
  const rules = headerRules(manifest, own.length)
  const lines = rules.map(({ path, headers }) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
  )
  return withUsers(users, [
    `# Release ${manifest.release}. What is written here is written anew by the next build.`,
    ...lines,
  ])
}

/** A `_redirects` file for Netlify: what is missing among files is missing, all else is the shell. */
export function redirectsFile(manifest: DeliveryManifest, existing: string, notFound: string): string {
  const prefix = basePath(manifest)
  const isPage = (directory: string): boolean =>
    manifest.documents.some(({ pattern }) => pattern.replace(/\/$/, '') === directory.slice(0, -1))
  const missing = fileDirectories(manifest).flatMap((directory) => {
    // Netlify takes the slash before a lone `*` for optional, and a page may lie there.
    const inside = isPage(directory) ? [':file', ':directory/*'] : ['*']
    return inside.map((rest) => `${encodeURI(directory)}${rest}  ${prefix}/${notFound}  404`)
  })
  const shell =
    manifest.fallback === undefined ? [] : [`${prefix}/*  ${fileUrl(manifest.base, manifest.fallback)}  200`]
  return withUsers(usersPart(existing), [...missing, ...shell])
}

function withUsers(users: string, lines: readonly string[]): string {
  return `${users === '' ? '' : `${users}\n\n`}${[BEGIN, ...lines, END].join('\n')}\n`
}

/** Rules of a `_headers` file. */
export function parseRules(text: string): HeaderRule[] {
  const rules: { path: string; headers: Record<string, string> }[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const separator = line.indexOf(':')
    if (line.startsWith('/') || line.startsWith('https://')) rules.push({ path: line, headers: {} })
    else if (separator > 0)
      rules.at(-1)!.headers[line.slice(0, separator).trim().toLowerCase()] = line.slice(separator + 1).trim()
  }
  return rules
}

/** Whether a rule of a `_headers` file meets a path: for Cloudflare, and for Netlify. */
export function meets(rule: string, path: string): boolean {
  const source = rule
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.split('*').map(escapeExpression).join('.*')))
    .join('/')
  // Netlify takes the slash before a lone `*`, and one at the end, for optional.
  const loose = source.replace(/\/\.\*$/, '/?.*')
  return new RegExp(`^(?:${source}|${loose}/?)$`, 'i').test(path)
}

function refuseConflicts(manifest: DeliveryManifest, rules: readonly HeaderRule[]): void {
  for (const file of manifest.files) {
    const path = fileUrl(manifest.base, file.file)
    for (const [name, value] of Object.entries(wantedHeaders(manifest, file))) {
      const other = rules.find((rule) => rule.headers[name] !== undefined && meets(rule.path, path))
      if (other && other.headers[name] !== value)
        throw deliveryError('PACELINE_DELIVERY_CONFLICT', ['_headers', path, name])
    }
  }
}
