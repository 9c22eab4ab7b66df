import type { DeliveredFile, DeliveryManifest } from '../../manifest.ts'
import { deltaChoices } from '../negotiation.ts'
import { acceptsMap, choiceMap } from './accepts.ts'
import { byName, fileEntries } from './file-entries.ts'
import { expression, type NginxMap } from './nginx-text.ts'

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
      as: 'offered_delta',
      comment: 'Deltas by what they are made against (RFC 9842), which stands in front of them once more.',
      entries: files
        .flatMap((one) =>
          deltaChoices(one).map(
            ({ flags, offered, file }) => [`${flags}:${offered}:${one.file}`, `${offered} ${file}`] as const,
          ),
        )
        .map(byName([])),
    },
    {
      of: '"$http_available_dictionary $paceline_offered_delta"',
      as: 'delta',
      comment: 'nginx compares without regard to case; hashes have one.',
      entries: [[expression(String.raw`^(\S+) \1 (.+)$`), '$2']],
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
