export interface Scale {
  (value: number): number
}

/** Maps `from` linearly to `to`. A range without extent maps to the middle. */
export function linear(from: readonly [number, number], to: readonly [number, number]): Scale {
  const [low, high] = from
  const span = high - low
  return (value) => (span === 0 ? (to[0] + to[1]) / 2 : to[0] + ((value - low) / span) * (to[1] - to[0]))
}

/** About `count` round numbers from 0 up to at least `highest`. */
export function ticks(highest: number, count = 4): number[] {
  if (highest <= 0) return [0, 1]
  const rough = highest / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough)! * power
  const steps = Math.ceil(highest / step)
  return Array.from({ length: steps + 1 }, (_, index) => index * step)
}

/** `M0,10L5,3…` */
export function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('')
}

/** The piece of a ring between two shares of the circle, clockwise from the top. */
export function arcPath(center: number, outer: number, inner: number, start: number, end: number): string {
  const point = (radius: number, share: number): string => {
    const angle = share * 2 * Math.PI - Math.PI / 2
    return `${(center + radius * Math.cos(angle)).toFixed(2)},${(center + radius * Math.sin(angle)).toFixed(2)}`
  }
  // A full circle has its end on its start, which draws nothing.
  const stop = Math.min(end, start + 0.9999)
  const large = stop - start > 0.5 ? 1 : 0
  return `M${point(outer, start)}A${outer},${outer} 0 ${large} 1 ${point(outer, stop)}L${point(inner, stop)}A${inner},${inner} 0 ${large} 0 ${point(inner, start)}Z`
}
