import type { PageBudget } from '../../src/page-api.ts'
import { kilobytes, type Row } from './model.ts'

/** What of a resource timing is needed. */
export type LoadedFile = Pick<
  PerformanceResourceTiming,
  'name' | 'startTime' | 'encodedBodySize' | 'decodedBodySize' | 'workerStart' | 'contentEncoding'
>

/** What the page says about what it loads. */
export interface PageLinks {
  /** Where the build's files come from: an origin. */
  readonly origin: string
  /** URLs that are preloaded: they belong to the load whatever they are. */
  readonly preloads: ReadonlySet<string>
  /** URLs that do not belong to it: fetched ahead for other routes, or for the overlay. */
  readonly others: ReadonlySet<string>
}

/** How scripts and style sheets end. */
const KIND = /(?<=\.)(?:[cm]?js|css)(?=$|[?#])/
/** A Content-Encoding of the budget's encodings. */
const TOKENS = { gzip: 'gzip', brotli: 'br', zstd: 'zstd' } as const

/**
 * The files of the first load, as budgets count them: the build's scripts and style sheets and what is preloaded, once each, until the person did
 * something for the first time. What is loaded then was asked for.
 *
 * @param until moment of the first input
 */
export function firstLoadFiles<File extends LoadedFile>(
  files: readonly File[],
  { origin, preloads, others }: PageLinks,
  until: number,
): File[] {
  const isCode = (url: string): boolean => url.startsWith(`${origin}/`) && KIND.test(url)
  const counted = files.filter(
    ({ name, startTime }) => startTime < until && !others.has(name) && (isCode(name) || preloads.has(name)),
  )
  return [...new Map(counted.map((file) => [file.name, file])).values()]
}

/**
 * The first load beside the budget of its route. Files that came in another encoding than the budget's, as from `vite preview`, which does not compress,
 * are no overrun by themselves: it is one when the others are too much already.
 *
 * @param budget `undefined`: there is no build
 */
export function budgetRows(files: readonly LoadedFile[], budget: PageBudget | undefined): Row[] {
  if (!budget) {
    const detail = 'no budget while developing: files are not as they will be built'
    return [{ name: 'first load', value: '–', limit: '', isBroken: false, detail }]
  }
  const { bytes, encoding, requests } = budget
  const alike = files.filter((file) => isEncoded(file, encoding))
  const total = sizeOf(files, encoding)
  const isBroken = bytes !== undefined && sizeOf(alike, encoding) > bytes
  const isOpen = bytes !== undefined && !isBroken && total > bytes
  const unlike = files.length - alike.length
  return [
    {
      name: 'first load',
      value: kilobytes(total),
      limit: bytes === undefined ? '' : kilobytes(bytes),
      isBroken,
      detail: [
        byKind(files, encoding),
        ...(bytes === undefined ? ['no budget for this route'] : []),
        ...(bytes !== undefined && unlike > 0 ? [`${unlike} of ${files.length} files not as ${encoding}`] : []),
        ...(isOpen ? ['not judged'] : []),
      ].join(' · '),
    },
    {
      name: 'requests',
      value: `${files.length}`,
      limit: requests === undefined ? '' : `${requests}`,
      isBroken: requests !== undefined && files.length > requests,
      detail: '',
    },
  ]
}

function byKind(files: readonly LoadedFile[], encoding: PageBudget['encoding']): string {
  const kindOf = ({ name }: LoadedFile): string => KIND.exec(name)?.[0].replace(/^[cm]j/, 'j') ?? 'other'
  return [...new Set(files.map(kindOf))]
    .map((kind) => {
      const own = files.filter((file) => kindOf(file) === kind)
      return `${kind} ${kilobytes(sizeOf(own, encoding))}`
    })
    .join(', ')
}

function sizeOf(files: readonly LoadedFile[], encoding: PageBudget['encoding']): number {
  const key = encoding === 'raw' ? 'decodedBodySize' : 'encodedBodySize'
  return files.reduce((sum, file) => sum + file[key], 0)
}

/** Whether its size is one in the encoding. What a service worker keeps is kept decoded; Safari does not say how a file came. */
function isEncoded({ contentEncoding, workerStart }: LoadedFile, encoding: PageBudget['encoding']): boolean {
  return !encoding || encoding === 'raw' || (!workerStart && contentEncoding === TOKENS[encoding])
}
