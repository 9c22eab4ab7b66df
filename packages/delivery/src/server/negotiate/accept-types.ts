import { remembered } from './remembered.ts'
import { parseWeightedList } from './weighted-list.ts'

const parse = remembered((value) => {
  const types = new Map<string, number>()
  for (const { name, q } of parseWeightedList(value)) types.set(name, Math.max(q, types.get(name) ?? 0))
  return types
})

/**
 * How much a client wants a media type that `Accept` names in full, 0 to 1. Wildcards do not count: every browser sends "anything" for a picture,
 * those too that cannot show AVIF.
 */
export function namedTypeWeight(accept: string | undefined, type: string): number {
  return accept === undefined ? 0 : (parse(accept).get(type) ?? 0)
}
