import { expect, test } from 'vitest'
import { blurColumns, blurRow, REACH, ROWS } from './blur-rows.ts'

/** The sum of three cosines that stands for a Gaussian, from the equations of Charalampidis (2016) that the reference cites. */
function tapsOf(sigma: number): number[] {
  const reach = Math.round(3.2795 * sigma + 0.2546)
  const omega = [1, 3, 5].map((odd) => (odd * Math.PI) / (2 * reach))
  const p = omega.map((w, at) => (-1) ** at / Math.tan(w / 2))
  const r = omega.map((w, at) => ((-1) ** at * (p[at] as number) ** 2) / Math.sin(w))
  const rho = omega.map((w) => Math.exp((-sigma * sigma * w * w) / 2) / reach)
  const cross = (a: number, b: number): number => p[a]! * r[b]! - r[a]! * p[b]!
  const zeta = [cross(1, 2) / cross(0, 1), cross(2, 0) / cross(0, 1), 1]
  const rows = [p, r, zeta]
  const right = [1, reach * reach - sigma * sigma, zeta.reduce((sum, z, at) => sum + z * rho[at]!, 0)]
  const determinant = (m: readonly (readonly number[])[]): number =>
    m[0]![0]! * (m[1]![1]! * m[2]![2]! - m[1]![2]! * m[2]![1]!) -
    m[0]![1]! * (m[1]![0]! * m[2]![2]! - m[1]![2]! * m[2]![0]!) +
    m[0]![2]! * (m[1]![0]! * m[2]![1]! - m[1]![1]! * m[2]![0]!)
  const beta = omega.map(
    (_, column) => determinant(rows.map((row, at) => row.with(column, right[at]!))) / determinant(rows),
  )
  return Array.from({ length: reach }, (_, away) =>
    beta.reduce((sum, b, at) => sum + b * Math.cos(omega[at]! * away), 0),
  )
}

const taps = tapsOf(1.5)
const expected = [...taps.toReversed(), ...taps.slice(1)]

test('spreads one point along a row as the three cosines do', () => {
  const padded = new Float32Array(ROWS + 2 * REACH)
  padded[REACH + 4] = 1
  const out = new Float32Array(ROWS)
  blurRow(padded, out, 0, ROWS)
  for (const [at, value] of expected.entries()) expect(out[at]).toBeCloseTo(value, 7)
})

test('weighs the rows of the ring by their distance from the middle one, wherever that lies', () => {
  for (let middle = 0; middle < ROWS; middle++) {
    for (let away = -REACH; away <= REACH; away++) {
      const ring = new Float32Array(ROWS)
      ring[(middle + away + ROWS) % ROWS] = 1
      const out = new Float32Array(1)
      blurColumns(ring, middle, 1, out)
      expect(out[0]).toBeCloseTo(expected[away + REACH] as number, 7)
    }
  }
})
