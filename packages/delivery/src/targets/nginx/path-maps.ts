import { escapeExpression, patternSource } from '../../links/path-pattern.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import { basePath, filePathSources, isFixed, TAKES_PAGES } from '../../policy/resolve-path.ts'
import { byName } from './file-entries.ts'
import { expression, key, looseExpression, value, type NginxMap } from './nginx-text.ts'

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
