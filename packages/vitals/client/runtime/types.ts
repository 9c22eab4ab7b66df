import type { Beacon, BeaconCulprit, BeaconErrors, BeaconOperation, CacheCount, CacheKind } from '@paceline/kit'

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/** A life of the page: the beacon in the making. A page has a new one after the back/forward cache, and for every soft navigation. */
export interface Life extends Mutable<
  Omit<
    Beacon,
    'at' | 'memory' | 'metrics' | 'operations' | 'operationsTotal' | 'culprits' | 'errors' | 'bytes' | 'caches'
  >
> {
  /** Since it was written last. */
  at?: number
  memory?: number | undefined
  metrics: Mutable<NonNullable<Beacon['metrics']>>
  operations: BeaconOperation[]
  operationsTotal: number
  culprits?: Mutable<BeaconCulprit>[]
  errors?: Mutable<BeaconErrors>
  bytes?: Mutable<NonNullable<Beacon['bytes']>>
  caches?: Partial<Record<CacheKind, Mutable<CacheCount>>>
}

/** A part of the runtime that a build may leave out. It runs once, when measuring begins. */
export type Part = () => void
