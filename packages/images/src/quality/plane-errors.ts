import { blurColumns, blurRow, REACH, ROWS } from './blur-rows.ts'
import type { PlaneSpace } from './plane-space.ts'

/** Keeps the quotient of two small variances calm: SSIM's second constant, as SSIMULACRA 2 sets it. */
const C2 = 0.0009

/** Which errors are asked for; each costs time. */
export interface WantedErrors {
  readonly structure: boolean
  readonly edges: boolean
}

/** One plane of the reference, with what stays the same for every candidate. */
export interface ReferencePlane {
  readonly plane: Float32Array
  /** Nothing where memory is saved: it is blurred anew for each candidate. */
  readonly blurs?: {
    readonly blurred: Float32Array
    /** The blurred squares; only where the structure is asked for. */
    readonly squares: Float32Array
  }
}

/** An error over all pixels: its mean, and its 4-norm, in which the worst places weigh most. */
export interface ErrorNorms {
  readonly mean: number
  readonly worst: number
}

/** How a plane differs: in structure (SSIM), by edges that came in (ringing, blocks, bands), and by edges that went (blurring). */
export interface PlaneErrors {
  readonly structure: ErrorNorms
  readonly ringing: ErrorNorms
  readonly blurring: ErrorNorms
}

/** What `comparePlanes` needs of the reference, once: copies, which are in `space`; of the plane alone unless `keepsBlurs`. */
export function referencePlane(
  plane: Float32Array,
  width: number,
  height: number,
  wanted: WantedErrors,
  keepsBlurs: boolean,
  space: PlaneSpace,
): ReferencePlane {
  const kept = space.take(plane.length)
  kept.set(plane)
  if (!keepsBlurs) return { plane: kept }
  const blurred = space.take(plane.length)
  const squares = space.take(wanted.structure ? plane.length : 0)
  const blur = slidingBlur(plane, plane, width, height, wanted.structure ? 2 : 1)
  for (let y = 0; y < height; y++) {
    const [row, squared] = blur()
    blurred.set(row, y * width)
    squares.set(squared, wanted.structure ? y * width : 0)
  }
  return { plane: kept, blurs: { blurred, squares } }
}

/** The errors of a candidate; those not wanted are 0. */
export function comparePlanes(
  reference: ReferencePlane,
  candidate: Float32Array,
  width: number,
  height: number,
  wanted: WantedErrors,
): PlaneErrors {
  const { plane } = reference
  const sums = new Float64Array(6)
  const blur = slidingBlur(candidate, plane, width, height, wanted.structure ? 3 : 1)
  const referenceRow = referenceRows(reference, width, height, wanted)
  for (let y = 0, from = 0; y < height; y++, from += width) {
    const rows = blur()
    const [mean, square] = referenceRow(from)
    if (wanted.structure) addStructureErrors(mean, square, rows, sums)
    if (wanted.edges) {
      const [before, after] = [plane.subarray(from, from + width), candidate.subarray(from, from + width)]
      addEdgeErrors(before, mean, after, rows[0], sums)
    }
  }
  const norms = (at: number): ErrorNorms => ({
    mean: (sums[at] as number) / plane.length,
    worst: ((sums[at + 1] as number) / plane.length) ** 0.25,
  })
  return { structure: norms(0), ringing: norms(2), blurring: norms(4) }
}

type ReferenceRow = readonly [blurred: Float32Array, squares: Float32Array]

/** Gives the blurred rows of the reference, which are asked for one after the other, by where they start. */
function referenceRows(
  { plane, blurs }: ReferencePlane,
  width: number,
  height: number,
  wanted: WantedErrors,
): (from: number) => ReferenceRow {
  if (!blurs) {
    const blur = slidingBlur(plane, plane, width, height, wanted.structure ? 2 : 1)
    return () => {
      const [blurred, squares] = blur()
      return [blurred, squares]
    }
  }
  const { blurred, squares } = blurs
  return (from) => [blurred.subarray(from, from + width), squares.subarray(from, from + width)]
}

type BlurredRows = readonly [plane: Float32Array, squares: Float32Array, products: Float32Array]

/**
 * Gives, call by call, the blurred rows of a plane, of its squares and of its products with another: as many of them as `count`
 * says. Row by row nothing leaves the processor's cache; three whole planes would.
 */
function slidingBlur(
  plane: Float32Array,
  other: Float32Array,
  width: number,
  height: number,
  count: 1 | 2 | 3,
): () => BlurredRows {
  const padded = new Float32Array(width + 2 * REACH)
  const rings = [0, 1, 2].map((at) => new Float32Array(at < count ? ROWS * width : 0)) as unknown as BlurredRows
  const rows = [0, 1, 2].map((at) => new Float32Array(at < count ? width : 0)) as unknown as BlurredRows
  const take = (y: number): void => {
    const to = (y % ROWS) * width
    if (y >= height) {
      for (const ring of rings) ring.fill(0, to, to + width)
      return
    }
    const from = y * width
    for (let x = 0; x < width; x++) padded[x + REACH] = plane[from + x] as number
    blurRow(padded, rings[0], to, width)
    if (count > 1) {
      multiply(plane, plane, from, width, padded)
      blurRow(padded, rings[1], to, width)
    }
    if (count > 2) {
      multiply(plane, other, from, width, padded)
      blurRow(padded, rings[2], to, width)
    }
  }
  for (let y = 0; y < REACH; y++) take(y)
  let y = 0
  return () => {
    take(y + REACH)
    for (let at = 0; at < count; at++) blurColumns(rings[at]!, y % ROWS, width, rows[at]!)
    y++
    return rows
  }
}

function multiply(a: Float32Array, b: Float32Array, from: number, width: number, padded: Float32Array): void {
  for (let x = 0; x < width; x++) padded[x + REACH] = (a[from + x] as number) * (b[from + x] as number)
}

/** SSIM without its division by the means, which would weigh dark places twice: the planes are perceptual already. */
function addStructureErrors(
  blurred: Float32Array,
  squares: Float32Array,
  [mean, square, product]: BlurredRows,
  sums: Float64Array,
): void {
  let sum = 0
  let fourth = 0
  for (let x = 0; x < mean.length; x++) {
    const a = blurred[x] as number
    const b = mean[x] as number
    const common = 2 * ((product[x] as number) - a * b) + C2
    const all = (squares[x] as number) - a * a + ((square[x] as number) - b * b) + C2
    const error = Math.max(0, 1 - ((1 - (a - b) * (a - b)) * common) / all)
    sum += error
    fourth += error * error * error * error
  }
  sums[0] = (sums[0] as number) + sum
  sums[1] = (sums[1] as number) + fourth
}

function addEdgeErrors(
  plane: Float32Array,
  blurred: Float32Array,
  candidate: Float32Array,
  mean: Float32Array,
  sums: Float64Array,
): void {
  let ringing = 0
  let ringing4 = 0
  let blurring = 0
  let blurring4 = 0
  for (let x = 0; x < mean.length; x++) {
    const before = Math.abs((plane[x] as number) - (blurred[x] as number))
    const after = Math.abs((candidate[x] as number) - (mean[x] as number))
    const change = (1 + after) / (1 + before) - 1
    // Both halves without a branch: the sign is as good as random, and guessing it wrong costs more than the sums.
    const size = Math.abs(change)
    const came = (size + change) / 2
    const went = (size - change) / 2
    ringing += came
    ringing4 += came * came * came * came
    blurring += went
    blurring4 += went * went * went * went
  }
  sums[2] = (sums[2] as number) + ringing
  sums[3] = (sums[3] as number) + ringing4
  sums[4] = (sums[4] as number) + blurring
  sums[5] = (sums[5] as number) + blurring4
}
