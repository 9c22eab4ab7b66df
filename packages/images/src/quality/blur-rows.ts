/**
 * The blur of SSIMULACRA 2: a Gaussian of σ 1.5 made of three cosines (D. Charalampidis, "Recursive implementation of the Gaussian
 * filter using truncated cosine functions", 2016). The reference runs it as a recursion; written out, it is these nine taps, the
 * middle one first. Beyond the edges everything is 0.
 */
const [T0, T1, T2, T3, T4] = [
  0.26462110548819856, 0.21292859201042222, 0.10933537277746033, 0.0360111146583644, 0.00941436780965374,
] as const

/** Taps on each side of the middle. */
export const REACH = 4

/** The blurred rows that the vertical blur needs at a time. */
export const ROWS: number = 2 * REACH + 1

/** Blurs one row; `padded` has `REACH` zeros on both sides. */
export function blurRow(padded: Float32Array, out: Float32Array, offset: number, width: number): void {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let e = padded[REACH] as number
  let f = padded[REACH + 1] as number
  let g = padded[REACH + 2] as number
  let h = padded[REACH + 3] as number
  for (let x = 0; x < width; x++) {
    const i = padded[x + 2 * REACH] as number
    out[offset + x] = T0 * e + T1 * (d + f) + T2 * (c + g) + T3 * (b + h) + T4 * (a + i)
    a = b
    b = c
    c = d
    d = e
    e = f
    f = g
    g = h
    h = i
  }
}

/** Blurs across the `ROWS` rows of a ring whose middle row is `middle`. */
export function blurColumns(ring: Float32Array, middle: number, width: number, out: Float32Array): void {
  const row = (away: number): number => ((middle + away + ROWS) % ROWS) * width
  const [r0, r1, r2, r3, r4] = [row(-4), row(-3), row(-2), row(-1), row(0)] as const
  const [r5, r6, r7, r8] = [row(1), row(2), row(3), row(4)] as const
  for (let x = 0; x < width; x++) {
    out[x] =
      T0 * (ring[r4 + x] as number) +
      T1 * ((ring[r3 + x] as number) + (ring[r5 + x] as number)) +
      T2 * ((ring[r2 + x] as number) + (ring[r6 + x] as number)) +
      T3 * ((ring[r1 + x] as number) + (ring[r7 + x] as number)) +
      T4 * ((ring[r0 + x] as number) + (ring[r8 + x] as number))
  }
}
