import type { BeaconOperation } from '@paceline/kit'
import { changed, life } from './delivery.ts'
import { LONGEST_TEXT } from './fit.ts'
import { publish } from './listeners.ts'

/** `MAX_OPERATIONS` of the contract in @paceline/kit, which is not for browsers. */
const MOST = 100

/** Every operation of a life is in the sample with the same chance (Vitter's algorithm R): shares that are read off it are not biased. */
export function addOperation(name: string, kind: BeaconOperation['kind'], ms: number, ok: boolean): void {
  const operation = { name: name.slice(0, LONGEST_TEXT), kind, ms, ok }
  const total = ++life.operationsTotal
  const place = total > MOST ? Math.floor(Math.random() * total) : total - 1
  if (place < MOST) life.operations[place] = operation
  changed()
  publish({ type: 'operation', operation, route: life.route })
}
