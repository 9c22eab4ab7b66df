import { afterEach, expect, test, vi } from 'vitest'
import { checkPeriodically, switchToNewest } from './update-flow.ts'

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

class FakeWorker extends EventTarget {
  state: ServiceWorkerState = 'installing'

  change(state: ServiceWorkerState): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

/** A registration whose server has a new release, or none, or does not answer. */
function registrationWith(server: 'new' | 'same' | 'away') {
  const worker = new FakeWorker()
  const registration = {
    active: {} as ServiceWorker,
    installing: null as ServiceWorker | null,
    waiting: null as ServiceWorker | null,
    async update() {
      if (server === 'away') throw new TypeError('Failed to fetch')
      if (server === 'new') registration.installing = worker as unknown as ServiceWorker
      return undefined as unknown as ServiceWorkerRegistration
    },
  }
  const end = (state: 'installed' | 'redundant'): void => {
    registration.installing = null
    if (state === 'installed') registration.waiting = worker as unknown as ServiceWorker
    worker.change(state)
  }
  const told: string[] = []
  const takesOver = async (): Promise<boolean> => (told.push('takes over'), true)
  const switched = switchToNewest(registration, takesOver)
  return { told, switched, end }
}

test('a reload helps at once where pages come from the server', async () => {
  const never = async (): Promise<boolean> => false
  expect(await switchToNewest(undefined, never)).toBe(true)
  const first = {
    active: null,
    installing: {} as ServiceWorker,
    waiting: null,
    update: () => new Promise<never>(() => {}),
  }
  expect(await switchToNewest(first, never)).toBe(true)
})

test('waits for a release however long it takes to download', async () => {
  vi.useFakeTimers()
  const { told, switched, end } = registrationWith('new')
  let isSwitched = false
  void switched.then(() => (isSwitched = true))
  await vi.advanceTimersByTimeAsync(4 * 60_000)
  expect([told, isSwitched]).toEqual([[], false])
  end('installed')
  expect(await switched).toBe(true)
  expect(told).toEqual(['takes over'])
})

test('a reload does not help when the new release cannot be had', async () => {
  const failing = registrationWith('new')
  await new Promise((resolve) => setTimeout(resolve))
  failing.end('redundant')
  expect(await failing.switched).toBe(false)
  expect(await registrationWith('away').switched).toBe(false)
})

test('a reload may help when the worker is the newest: its pages may come from the server', async () => {
  expect(await registrationWith('same').switched).toBe(true)
})
