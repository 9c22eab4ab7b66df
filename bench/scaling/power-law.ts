/** `y = factor · x^slope`. */
export interface PowerLaw {
  readonly slope: number
  readonly factor: number
  /** How much of the logarithms' variance it explains: 1 is a straight line in a log-log plot. */
  readonly r2: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * The least-squares line through the logarithms.
 *
 * @param points with positive coordinates; others have no logarithm and are left out, as costs that drown in noise
 * @returns nothing with fewer than two values of `x`
 */
export function fitPowerLaw(points: readonly Point[]): PowerLaw | undefined {
  const logs = points.filter(({ x, y }) => x > 0 && y > 0).map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }))
  if (new Set(logs.map(({ x }) => x)).size < 2) return undefined
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middleX, middleY] = [mean(logs.map(({ x }) => x)), mean(logs.map(({ y }) => y))]
  const sum = (of: (point: Point) => number): number => logs.reduce((total, point) => total + of(point), 0)
  const xx = sum(({ x }) => (x - middleX) ** 2)
  const xy = sum(({ x, y }) => (x - middleX) * (y - middleY))
  const yy = sum(({ y }) => (y - middleY) ** 2)
  const slope = xy / xx
  return { slope, factor: Math.exp(middleY - slope * middleX), r2: yy === 0 ? 1 : xy ** 2 / (xx * yy) }
}
