import { afterEach, expect, test, vi } from 'vitest'
import { checkPeriodically } from './update-flow.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const HOUR = 3_600_000

/** Tabs that hear what the others say; gives the times of all checks. */
function openTabs(): { readonly checks: number[]; open(): void } {
  vi.useFakeTimers({ now: 0 })
  vi.stubGlobal('document', new EventTarget())
  vi.stubGlobal('navigator', {})
  const tabs: EventTarget[] = []
  const checks: number[] = []
  const update = async (): Promise<never> => {
    checks.push(Date.now())
    throw new TypeError('Failed to fetch')
  }
  const open = (): void => {
    const own = new EventTarget()
    tabs.push(own)
    const channel = Object.assign(own, {
      postMessage(data: unknown) {
        for (const tab of tabs) if (tab !== own) tab.dispatchEvent(new MessageEvent('message', { data }))
      },
    }) as unknown as BroadcastChannel
    checkPeriodically({ scope: 'https://app.example/', update }, 60, channel)
  }
  return { checks, open }
}

test('one tab looks for a new release for all, also for those that were opened later', async () => {
  const { checks, open } = openTabs()
  for (const _ of [1, 2, 3]) {
    open()
    await vi.advanceTimersByTimeAsync(7 * 60_000 + 20_000)
  }
  await vi.advanceTimersByTimeAsync(3 * HOUR - Date.now())
  expect(checks).toEqual([HOUR, 2 * HOUR, 3 * HOUR])
})

test('a clock that was set back puts no check off', async () => {
  const { checks, open } = openTabs()
  vi.setSystemTime(10 * HOUR)
  open()
  vi.setSystemTime(HOUR)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(checks).toEqual([HOUR + 60_000])
})
