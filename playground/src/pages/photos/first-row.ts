/** As photo-tile.module.css has them: how wide a tile is at first, for a ratio of 1, and at least; and what lies between two, CSS pixels. */
const BASE = 210
const LEAST = 200
const GAP = 14

/**
 * How many tiles the first row of the gallery holds.
 *
 * @param ratios of the photographs in their order, width to height
 * @param width of the gallery, CSS pixels
 */
export function firstRow(ratios: readonly number[], width: number): number {
  let taken = -GAP
  const next = ratios.findIndex((ratio) => {
    taken += GAP + Math.min(width, Math.max(LEAST, ratio * BASE))
    return taken > width
  })
  return next === -1 ? ratios.length : Math.max(1, next)
}
