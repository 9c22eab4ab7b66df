import type { PageVitals } from '../../src/page-api.ts'
import { cut } from '../runtime/fit.ts'
import { tell } from './bus.ts'

export const operation: PageVitals['operation'] = async (name, run) => {
  const start = performance.now()
  const say = (ok: boolean): void => tell(['operation', cut(String(name)), performance.now() - start, ok])
  try {
    const result = await run()
    say(true)
    return result
  } catch (error) {
    // Somebody who goes away has not waited in vain.
    if ((error as Error | undefined)?.name !== 'AbortError') say(false)
    throw error
  }
}

export const grant: PageVitals['grant'] = () => tell(['grant'])
export const revoke: PageVitals['revoke'] = () => tell(['revoke'])

export const subscribe: PageVitals['subscribe'] = (listener) => {
  let isOn = true
  tell(['subscribe', (event) => (isOn ? listener(event) : undefined)])
  return () => {
    isOn = false
  }
}
