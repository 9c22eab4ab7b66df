import type { VitalsEvent } from '../../src/page-api.ts'
import type { VitalName } from '@paceline/kit'
import { attempt } from './browser.ts'
import type { Life } from './types.ts'

const listeners: ((event: VitalsEvent) => void)[] = []

/** Who comes late hears first how the life stands. */
export function subscribe(
  listener: (event: VitalsEvent) => void,
  { metrics, operations, culprits = [], route }: Life,
): void {
  for (const [name, value] of Object.entries(metrics)) {
    const target = culprits.find(({ metric }) => metric === name)?.target
    attempt(() => listener({ type: 'metric', name: name as VitalName, value, route, target }))
  }
  for (const operation of operations) attempt(() => listener({ type: 'operation', operation, route }))
  listeners.push(listener)
}

/** Tells everybody who listens in the page. */
export function publish(event: VitalsEvent): void {
  if (PACELINE_SUBSCRIBE) for (const listener of listeners) attempt(() => listener(event))
}
