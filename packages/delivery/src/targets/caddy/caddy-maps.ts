import { escapeExpression, patternSource } from '../../links/path-pattern.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import { fileHeaders } from '../../policy/file-headers.ts'
import { basePath, filePathSources, isFixed, TAKES_PAGES } from '../../policy/resolve-path.ts'
import { choices, deltaChoices, takesSource } from '../negotiation.ts'
import { literal, map, target, type Row } from './caddy-text.ts'

/** From the path to the file that is sent: itself, the page of a route, the shell. */
export function pathMaps(manifest: DeliveryManifest): string[] {
  const prefix = basePath(manifest)
  const { directories, extensions } = filePathSources(manifest)
  const shell =
    manifest.fallback === undefined
      ? []
      : ([[`~^10::${escapeExpression(prefix)}/`, 'shell', target(manifest.fallback)]] as const)
  return [
    map(
      '{path}',
      ['found'],
      manifest.files.map(({ file }) => [`${prefix}/${file}`, target(file)]),
    ),
    map(
      '{path}',
      ['file_like'],
      [...(directories === undefined ? [] : [[`~${directories}`, 'yes'] as const]), [`~(?i)${extensions}`, 'yes']],
      'no',
    ),
    map(
      '{header.Accept}',
      ['takes_pages'],
      [
        ['~^$', 'yes'],
        [`~(?i)${TAKES_PAGES}`, 'yes'],
      ],
      'no',
    ),
    // Yes and no as digits, which a later map can tell apart in one expression.
    map(
      '{paceline_takes_pages}{paceline_file_like}',
      ['page_key'],
      [
        ['yesno', '10'],
        ['yesyes', '11'],
      ],
      '00',
    ),
    map(
      '{paceline_page_key}:{paceline_found}:{path}',
      ['document', 'page'],
      [
        ...manifest.documents.map(({ pattern, file }, index): Row => [
          `~^1${isFixed(pattern) ? '[01]' : '0'}::${patternSource(pattern).slice(1)}`,
          `d${index}`,
          target(file),
        ]),
        ...shell,
      ],
    ),
    // Of the two one is empty. What is put together stands in a default: elsewhere placeholders stay as they are.
    map('{path}', ['target'], [], '{paceline_found}{paceline_page}'),
  ]
}

/** Everything that is said of a file, in one table. */
export function fileMap(manifest: DeliveryManifest, names: readonly string[]): string {
  const codings = manifest.files.map((file): Row => [
    target(file.file),
    ...names.map((name) => literal(fileHeaders(manifest, file)[name] ?? '')),
    (file.encodings ?? []).map(({ encoding }) => encoding).join(',') || 'none',
    (file.formats ?? []).map(({ type }) => type).join(',') || 'none',
  ])
  return map('{paceline_target}', [...names.map((_, index) => `header${index}`), 'codings', 'kinds'], codings)
}

/** From the file to the one of its forms that is sent: a delta, another format, an encoding. */
export function variantMaps({ files }: DeliveryManifest): string[] {
  const codings = ['br', 'zstd', 'gzip']
  const kinds = [...new Set(files.flatMap(({ formats = [] }) => formats.map(({ type }) => type)))].sort()
  const flag = (name: string): string => `takes_${name.replaceAll(/\W/g, '_')}`
  const takes = (header: string, name: string): string =>
    map(`{header.${header}}`, [flag(name)], [[`~(?i)${takesSource(name)}`, '1']], '0')
  const flags = (names: readonly string[]): string => names.map((name) => `{paceline_${flag(name)}}`).join('')
  const rows = (names: readonly string[], orders: readonly string[]): Row[] =>
    choices(names, orders).map(([order, taken, chosen]) => [`${order}:${taken}`, chosen])
  return [
    ...[...codings, 'dcb', 'dcz'].map((name) => takes('Accept-Encoding', name)),
    ...kinds.map((name) => takes('Accept', name)),
    map(
      `{paceline_codings}:${flags(codings)}{paceline_delta}{paceline_picture}`,
      ['chosen'],
      rows(
        codings,
        files.map(({ encodings = [] }) => encodings.map(({ encoding }) => encoding).join(',')),
      ),
    ),
    map(
      `{paceline_kinds}:${flags(kinds)}`,
      ['kind'],
      rows(
        kinds,
        files.map(({ formats = [] }) => formats.map(({ type }) => type).join(',')),
      ),
    ),
    map(
      `{paceline_chosen}:{paceline_target}`,
      ['encoded'],
      files.flatMap(({ file, encodings = [] }) =>
        encodings.map((one): Row => [`${one.encoding}:${target(file)}`, target(one.file)]),
      ),
    ),
    map(
      `{paceline_kind}:{paceline_target}`,
      ['picture'],
      files.flatMap(({ file, formats = [] }) =>
        formats.map((one): Row => [`${one.type}:${target(file)}`, target(one.file)]),
      ),
    ),
    map(
      `${flags(['dcb', 'dcz'])}{header.Available-Dictionary}{paceline_target}`,
      ['delta', 'delta_coding'],
      files.flatMap((file) =>
        deltaChoices(file).map((one): Row => [
          `${one.flags}${one.offered}${target(file.file)}`,
          target(one.file),
          one.file.slice(-3),
        ]),
      ),
    ),
    map('{path}', ['variant'], [], '{paceline_delta}{paceline_picture}{paceline_encoded}'),
    map('{path}', ['coding'], [], '{paceline_delta_coding}{paceline_chosen}'),
  ]
}
