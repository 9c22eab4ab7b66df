import { escapeExpression, patternSource } from '../../links/path-pattern.ts'
import type { DeliveredFile, DeliveryManifest } from '../../manifest.ts'
import { useAsDictionary, fileHeaders } from '../../policy/file-headers.ts'
import { basePath, filePathSources, isFixed, TAKES_PAGES } from '../../policy/resolve-path.ts'
import { deltaChoices } from '../negotiation.ts'
import { acceptsMap, choiceMap } from './accepts.ts'
import { expression, key, looseExpression, value, type NginxMap } from './nginx-text.ts'

/** Headers that other maps answer for. */
const BY_FILE: ReadonlySet<string> = new Set(['content-type', 'use-as-dictionary'])

/** From the path to the file that is sent: itself, the page of a route, the shell. */
export function pathMaps(manifest: DeliveryManifest): NginxMap[] {
  const prefix = basePath(manifest)
  const { directories, extensions } = filePathSources(manifest)
  const page = (file: string): string => value(file)
  return [
    {
      of: '$paceline_path',
      as: 'found',
      comment: 'Files by their addresses.',
      entries: manifest.files
        .map(({ file }) => [`${prefix}/${file}`, file] as const)
        .map(byName(manifest.files.map(({ file }) => `${prefix}/${file}`))),
    },
    {
      of: '"$paceline_found:$paceline_path"',
      as: 'asked',
      comment: 'nginx compares without regard to case; addresses have one.',
      entries: [[expression(`^(.+):${escapeExpression(prefix)}/\\1$`), '$1']],
    },
    {
      of: '$paceline_path',
      as: 'file_like',
      comment: 'What is missing here is missing, and no page stands in for it.',
      fallback: '0',
      entries: [
        ...(directories === undefined ? [] : [[expression(directories), '1'] as const]),
        [looseExpression(extensions), '1'],
      ],
    },
    {
      of: '$http_accept',
      as: 'takes_pages',
      comment: 'Whether a page is an answer.',
      fallback: '0',
      entries: [
        ['""', '1'],
        [looseExpression(TAKES_PAGES), '1'],
      ],
    },
    {
      of: '"$paceline_takes_pages$paceline_file_like:$paceline_path"',
      as: 'document',
      comment: 'Pages by their patterns; the first that matches counts.',
      entries: [
        ...manifest.documents.map(({ pattern }, index): [string, string] => [
          expression(`^1${isFixed(pattern) ? '[01]' : '0'}:${patternSource(pattern).slice(1)}`),
          value(String(index)),
        ]),
        ...(manifest.fallback === undefined
          ? []
          : [[expression(`^10:${escapeExpression(prefix)}/`), value('other')] as const]),
      ],
    },
    {
      of: '$paceline_document',
      as: 'page',
      comment: 'The file of a page.',
      entries: [
        ...manifest.documents.map(({ file }, index): [string, string] => [key(String(index)), page(file)]),
        ...(manifest.fallback === undefined ? [] : [[key('other'), page(manifest.fallback)] as const]),
      ],
    },
    {
      of: '$paceline_asked',
      as: 'target',
      comment: 'The file that is sent.',
      fallback: '$paceline_asked',
      entries: [['""', '$paceline_page']],
    },
  ]
}

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

/** From the file to the one of its forms that is sent: a delta, another format, an encoding. */
export function variantMaps(manifest: DeliveryManifest): NginxMap[] {
  const { files } = manifest
  const encodings = new Map([
    ['br', 'br'],
    ['zstd', 'zstd'],
    ['gzip', 'gzip'],
  ])
  const types = [...new Set(files.flatMap(({ formats = [] }) => formats.map(({ type }) => type)))].sort()
  const formats = new Map(types.map((type) => [type, `takes_${type.replaceAll(/\W/g, '_')}`]))
  const codings = (file: DeliveredFile): string | undefined => file.encodings?.map(({ encoding }) => encoding).join(',')
  const kinds = (file: DeliveredFile): string | undefined => file.formats?.map(({ type }) => type).join(',')
  const orders = (of: (file: DeliveredFile) => string | undefined): Set<string> =>
    new Set(files.map(of).filter((order): order is string => order !== undefined && order !== ''))
  return [
    ...[...encodings.keys(), 'dcb', 'dcz'].map((name) => acceptsMap('$http_accept_encoding', name, name)),
    ...[...formats].map(([type, as]) => acceptsMap('$http_accept', type, as)),
    {
      of: '$paceline_target',
      as: 'codings',
      comment: 'Encodings of a file, smallest first.',
      entries: fileEntries(files, codings),
    },
    choiceMap(
      { of: 'codings', as: 'chosen', comment: 'The smallest that is taken.', flags: encodings },
      orders(codings),
    ),
    {
      of: '"$paceline_chosen:$paceline_target"',
      as: 'encoded',
      comment: 'Encoded files.',
      entries: files
        .flatMap((file) => (file.encodings ?? []).map((one) => [`${one.encoding}:${file.file}`, one.file] as const))
        .map(byName([])),
    },
    {
      of: '$paceline_target',
      as: 'kinds',
      comment: 'Formats of a picture, smallest first.',
      entries: fileEntries(files, kinds),
    },
    choiceMap({ of: 'kinds', as: 'kind', comment: 'The smallest that is taken.', flags: formats }, orders(kinds)),
    {
      of: '"$paceline_kind:$paceline_target"',
      as: 'picture',
      comment: 'Pictures in other formats.',
      entries: files
        .flatMap((file) => (file.formats ?? []).map((one) => [`${one.type}:${file.file}`, one.file] as const))
        .map(byName([])),
    },
    {
      of: '"$paceline_dcb$paceline_dcz:$http_available_dictionary:$paceline_target"',
      as: 'delta',
      comment: 'Deltas, for those who have exactly what they are made against (RFC 9842).',
      entries: files
        .flatMap((one) =>
          deltaChoices(one).map((best) => [`${best.flags}:${best.offered}:${one.file}`, best.file] as const),
        )
        .map(byName([])),
    },
    {
      of: '"$paceline_delta$paceline_picture"',
      as: 'variant',
      comment: 'The form that is sent; nothing: the file itself.',
      fallback: '"$paceline_delta$paceline_picture"',
      entries: [['""', '$paceline_encoded']],
    },
    {
      of: '$paceline_delta',
      as: 'delta_coding',
      comment: 'The encoding of a delta.',
      fallback: '$paceline_chosen',
      entries: [
        [expression(String.raw`\.dcb$`), 'dcb'],
        [expression(String.raw`\.dcz$`), 'dcz'],
      ],
    },
    {
      of: '$paceline_picture',
      as: 'coding',
      comment: 'The encoding of what is sent. A picture in another format has none.',
      fallback: '""',
      entries: [['""', '$paceline_delta_coding']],
    },
    {
      of: '$paceline_kind',
      as: 'variant_type',
      comment: 'The type of what is sent.',
      fallback: '$paceline_kind',
      entries: [['""', '$paceline_type']],
    },
  ]
}

function fileEntries(
  files: readonly DeliveredFile[],
  of: (file: DeliveredFile) => string | undefined,
): [string, string][] {
  const pairs = files.flatMap((file): [string, string][] => {
    const text = of(file)
    return text === undefined || text === '' ? [] : [[file.file, text]]
  })
  return pairs.map(byName(pairs.map(([name]) => name)))
}

/** Names that differ only by case are compared as expressions: nginx takes them for one another else, and says that they conflict. */
function byName(
  names: readonly string[],
): (pair: readonly [string, string], index: number, all: readonly (readonly [string, string])[]) => [string, string] {
  let seen: Map<string, number> | undefined
  return ([name, text], _, all) => {
    seen ??= countLower(names.length > 0 ? names : all.map(([one]) => one))
    const isAlone = seen.get(name.toLowerCase()) === 1
    return [isAlone ? key(name) : expression(`^${escapeExpression(name)}$`), value(text)]
  }
}

function countLower(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
  return counts
}

function title(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
