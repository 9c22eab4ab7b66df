import type { DeliveredFile, DeliveryManifest } from '../../manifest.ts'
import { fileHeaders, useAsDictionary } from '../../policy/file-headers.ts'
import { basePath } from '../../policy/resolve-path.ts'
import { fileEntries } from './file-entries.ts'
import { key, value, type NginxMap } from './nginx-text.ts'

/** Headers that other maps answer for. */
const BY_FILE: ReadonlySet<string> = new Set(['content-type', 'use-as-dictionary'])

/** What is said of a file, whatever its encoding. */
export function headerMaps(manifest: DeliveryManifest): {
  maps: NginxMap[]
  headers: [name: string, variable: string][]
} {
  const { files } = manifest
  const perFile = (as: string, comment: string, of: (file: DeliveredFile) => string | undefined): NginxMap => ({
    of: '$paceline_target',
    as,
    comment,
    entries: fileEntries(files, of),
  })
  const names = [...new Set(Object.values(manifest.policies).flatMap((policy) => Object.keys(policy)))]
    .filter((name) => !BY_FILE.has(name) && name !== 'vary')
    .sort()
  const maps = [
    perFile('policy', 'The policy of a file.', ({ policy }) => policy),
    ...names.map((name): NginxMap => ({
      of: '$paceline_policy',
      as: `header_${name.replaceAll(/\W/g, '_')}`,
      comment: `${name} by policy.`,
      entries: Object.entries(manifest.policies).flatMap(([policy, headers]) =>
        headers[name] === undefined ? [] : [[key(policy), value(headers[name])]],
      ),
    })),
    perFile('type', 'Media types.', ({ type }) => type),
    perFile('vary', 'What answers depend on.', (file) => fileHeaders(manifest, file)['vary']),
    perFile('dictionary', 'What a browser may use a file as a dictionary for (RFC 9842).', ({ dictionaryFor }) =>
      dictionaryFor === undefined ? undefined : useAsDictionary(dictionaryFor),
    ),
    perFile(
      'id',
      'Hashes of contents, for ETags: those of nginx come from the time and the size, which a new page often has in common with the old one.',
      ({ sha256 }) => sha256.slice(0, 32),
    ),
    documentMap('links', 'What a page loads first.', manifest, ({ links }) =>
      links.length === 0 ? undefined : links.join(', '),
    ),
    documentMap('speculation', 'Which pages are likely to be next.', manifest, ({ speculationRules }) =>
      speculationRules === undefined ? undefined : `"${basePath(manifest)}/${speculationRules}"`,
    ),
  ]
  const filled = maps.filter(({ entries }) => entries.length > 0)
  const has = (as: string): boolean => filled.some((map) => map.as === as)
  const headers: [string, string][] = [
    ['Content-Type', 'type'],
    ...names.map((name): [string, string] => [title(name), `header_${name.replaceAll(/\W/g, '_')}`]),
    ['Vary', 'vary'],
    ['Use-As-Dictionary', 'dictionary'],
    ['Link', 'links'],
    ['Speculation-Rules', 'speculation'],
  ]
  return { maps: filled, headers: headers.filter(([, variable]) => has(variable)) }
}

function documentMap(
  as: string,
  comment: string,
  { documents }: DeliveryManifest,
  of: (document: DeliveryManifest['documents'][number]) => string | undefined,
): NginxMap {
  const entries = documents.flatMap((document, index): [string, string][] => {
    const text = of(document)
    return text === undefined ? [] : [[key(`:${index}`), value(text)]]
  })
  // A file that is asked for by its own name was not reached as a page.
  return { of: '"$paceline_asked:$paceline_document"', as, comment, entries }
}

function title(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
