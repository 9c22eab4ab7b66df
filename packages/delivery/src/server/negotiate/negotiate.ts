import type { Asset, Representation } from '../site/representation.ts'
import { acceptedCodings } from './accept-encoding.ts'
import { namedTypeWeight } from './accept-types.ts'
import { availableDictionary } from './available-dictionary.ts'
import { parseRanges, type ByteRange } from './byte-ranges.ts'
import { checkPreconditions, isRangeCurrent } from './preconditions.ts'
import { headerOf, type RequestHeaders } from './request-headers.ts'

/** What is sent of a form: all of it, parts, or only that it is unchanged, gone beyond, or not what was expected. */
export type Selection =
  | { readonly status: 200 | 304 | 412 | 416 }
  | { readonly status: 206; readonly ranges: readonly ByteRange[] }

const WHOLE: Selection = { status: 200 }
const UNCHANGED: Selection = { status: 304 }

/**
 * Chooses the form of a file that a request gets: the most wanted of those it accepts, of equally wanted ones the smallest. A delta only for who has
 * exactly its dictionary: browsers end in an error page on any other.
 *
 * @param isUsable whether a form is there and right; others are passed over
 * @returns nothing when the request refuses all there is: 406
 */
export function chooseRepresentation(
  headers: RequestHeaders,
  asset: Asset,
  isUsable: (form: Representation) => boolean = () => true,
): Representation | undefined {
  if (asset.formats.length > 0) {
    const format = chooseFormat(headers, asset, isUsable)
    if (format) return format
  }
  const weights = acceptedCodings(headerOf(headers, 'accept-encoding'))
  let best: Representation | undefined = weights.identity > 0 ? asset.identity : undefined
  const consider = (form: Representation): void => {
    const weight = weights[form.coding]
    if (weight === 0) return
    const known = best === undefined ? -1 : weights[best.coding]
    if ((weight > known || (weight === known && form.bytes < best!.bytes)) && isUsable(form)) best = form
  }
  for (const form of asset.encoded) consider(form)
  if (asset.deltas.size > 0) {
    const dictionary = availableDictionary(headerOf(headers, 'available-dictionary'))
    for (const form of (dictionary !== undefined && asset.deltas.get(dictionary)) || []) consider(form)
  }
  return best
}

function chooseFormat(
  headers: RequestHeaders,
  asset: Asset,
  isUsable: (form: Representation) => boolean,
): Representation | undefined {
  const accept = headerOf(headers, 'accept')
  let least = namedTypeWeight(accept, asset.file.type)
  let best: Representation | undefined
  for (const form of asset.formats) {
    const weight = namedTypeWeight(accept, form.type)
    if (weight === 0 || weight < least || (best && weight === least) || !isUsable(form)) continue
    least = weight
    best = form
  }
  return best
}

/** Decides what is sent of a form: conditions first, then parts. */
export function selectContent(
  method: string,
  headers: RequestHeaders,
  form: Representation,
  lastModified: number,
): Selection {
  if (!isConditional(headers)) return WHOLE
  const validators = { etag: form.etag, lastModified }
  const outcome = checkPreconditions(headers, validators)
  if (outcome === 'fresh') return UNCHANGED
  if (outcome === 'failed') return { status: 412 }
  const range = headerOf(headers, 'range')
  // Parts are defined for GET alone (RFC 9110, 14.2).
  if (range === undefined || method !== 'GET' || !isRangeCurrent(headers, validators)) return WHOLE
  const ranges = parseRanges(range, form.bytes)
  if (ranges === 'ignored') return WHOLE
  return ranges === 'unsatisfiable' ? { status: 416 } : { status: 206, ranges }
}

/** Whether there is anything to decide. By far the most requests have none of these, and names that are written out are looked up faster. */
function isConditional(headers: RequestHeaders): boolean {
  return (
    headers['if-none-match'] !== undefined ||
    headers['if-modified-since'] !== undefined ||
    headers['if-match'] !== undefined ||
    headers['if-unmodified-since'] !== undefined ||
    headers['range'] !== undefined
  )
}
