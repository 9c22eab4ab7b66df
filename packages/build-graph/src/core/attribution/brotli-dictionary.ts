/**
 * The static dictionary of brotli, reduced to lengths (RFC 7932, 8 and appendices A and B). What a word says is not needed:
 * the content is known.
 */

const SHORTEST_WORD = 4
const LONGEST_WORD = 24
/** Binary logarithm of the number of words, by word length. */
const WORD_BITS = [0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5]

/** Bytes that each transform adds before and after the word. */
// prettier-ignore
const ADDED = Uint8Array.of(
  0, 1, 2, 0, 1, 5, 1, 3, 4, 0, 5, 0, 0, 3, 2, 2, 4, 4, 3, 1, 1, 2, 1, 0, 1, 5, 0, 0, 3, 6, 1, 2, 1, 3, 0, 6, 1, 6, 4, 0,
  0, 5, 0, 6, 0, 4, 4, 4, 0, 4, 2, 1, 3, 3, 0, 0, 0, 1, 2, 0, 4, 3, 9, 0, 0, 3, 1, 2, 1, 2, 2, 2, 5, 13, 1, 7, 1, 2, 1, 1,
  5, 3, 3, 2, 3, 1, 2, 1, 2, 2, 4, 3, 4, 5, 1, 4, 2, 2, 3, 1, 4, 1, 2, 2, 2, 2, 4, 2, 2, 2, 3, 3, 1, 1, 2, 2, 2, 3, 3, 3,
  3,
)

/** The transforms that drop bytes of the word, at its start or at its end, and how many. */
const dropped = new Map([
  [3, 1],
  [11, 2],
  [12, 1],
  [23, 3],
  [26, 3],
  [27, 2],
  [34, 4],
  [39, 5],
  [40, 6],
  [42, 4],
  [48, 7],
  [49, 1],
  [54, 9],
  [55, 7],
  [56, 6],
  [59, 8],
  [63, 5],
  [64, 9],
])

/**
 * Bytes that a reference to the static dictionary produces, or -1 when there is no such word or transform.
 *
 * @param wordId how far the distance is beyond the longest one allowed; 0 is the first word as it is
 */
export function dictionaryLength(copyLength: number, wordId: number): number {
  if (copyLength < SHORTEST_WORD || copyLength > LONGEST_WORD) return -1
  const transform = wordId >>> WORD_BITS[copyLength]!
  if (transform >= ADDED.length) return -1
  return ADDED[transform]! + Math.max(0, copyLength - (dropped.get(transform) ?? 0))
}
