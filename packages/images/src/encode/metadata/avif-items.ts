import { BmffError, BmffReader, type BmffBox } from './bmff-reader.ts'

/** An item of an AVIF file: a picture, a part of one, or something about it (ISO/IEC 14496-12, 8.11). */
export interface AvifItem {
  readonly type: string
  /** Media type of an item of type `mime`. */
  readonly mediaType?: string
  /** Where its bytes lie in the file. */
  readonly extents: readonly Extent[]
}

export interface Extent {
  readonly start: number
  readonly end: number
}

/**
 * The items of a file.
 *
 * @param meta its `meta` box
 * @throws {BmffError} for what is not understood
 */
export function avifItems(bytes: Uint8Array, meta: BmffBox): AvifItem[] {
  // It has a version and flags.
  const boxes = new BmffReader(bytes, meta.content + 4, meta.end).boxes()
  const [info, locations, data] = ['iinf', 'iloc', 'idat'].map((wanted) => boxes.find(({ type }) => type === wanted))
  if (!info || !locations) throw new BmffError('a `meta` box without items')
  const types = itemTypes(bytes, info)
  return itemExtents(bytes, locations, data).map(([id, extents]) => {
    const described = types.get(id)
    if (!described) throw new BmffError(`an item ${id} without a type`)
    return { ...described, extents }
  })
}

/** `iinf`, 8.11.6. */
function itemTypes(bytes: Uint8Array, { content, end }: BmffBox): Map<number, Omit<AvifItem, 'extents'>> {
  const reader = new BmffReader(bytes, content, end)
  const version = reader.uint(4) >>> 24
  reader.uint(version === 0 ? 2 : 4)
  return new Map(reader.boxes().map((entry) => itemType(bytes, entry)))
}

function itemType(bytes: Uint8Array, { content, end }: BmffBox): [id: number, Omit<AvifItem, 'extents'>] {
  const reader = new BmffReader(bytes, content, end)
  const version = reader.uint(4) >>> 24
  if (version !== 2 && version !== 3) throw new BmffError(`an item entry of version ${version}`)
  const id = reader.uint(version === 2 ? 2 : 4)
  if (reader.uint(2) !== 0) throw new BmffError('a protected item')
  const type = reader.fourcc()
  if (type !== 'mime') return [id, { type }]
  // Behind its name.
  reader.text()
  return [id, { type, mediaType: reader.text() }]
}

/** `iloc`, 8.11.3. */
function itemExtents(
  bytes: Uint8Array,
  { content, end }: BmffBox,
  data: BmffBox | undefined,
): [id: number, extents: Extent[]][] {
  const reader = new BmffReader(bytes, content, end)
  const version = reader.uint(4) >>> 24
  if (version > 2) throw new BmffError(`item locations of version ${version}`)
  const sizes = reader.uint(2)
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15] as const
  const indexSize = version === 0 ? 0 : sizes & 15
  const idSize = version < 2 ? 2 : 4
  const items: [number, Extent[]][] = []
  for (let left = reader.uint(idSize); left > 0; left--) {
    const id = reader.uint(idSize)
    const method = version === 0 ? 0 : reader.uint(2) & 15
    if (reader.uint(2) !== 0) throw new BmffError('an item in another file')
    const base = reader.uint(baseSize) + originOf(method, data)
    const extents: Extent[] = []
    for (let more = reader.uint(2); more > 0; more--) {
      reader.uint(indexSize)
      const start = base + reader.uint(offsetSize)
      extents.push({ start, end: start + reader.uint(lengthSize) })
    }
    items.push([id, extents])
  }
  return items
}

/** What the offsets of an item count from: the start of the file, or that of the data in the `meta` box. */
function originOf(method: number, data: BmffBox | undefined): number {
  if (method === 0) return 0
  if (method === 1 && data) return data.content
  throw new BmffError(`an item by construction method ${method}`)
}
