import { afterEach, expect, test, vi } from 'vitest'
import { selfDestroy } from './self-destroy.ts'

afterEach(() => vi.unstubAllGlobals())

const NAMES = ['paceline-precache:/app/', 'paceline-api:/app/', 'paceline-api:/', 'of-the-app']
const fail = (): Promise<never> => Promise.reject(new DOMException('The disk is broken.', 'UnknownError'))

/** Runs the worker to its end. */
async function destroy(storage: object): Promise<string> {
  const done: string[] = []
  const registration = {
    scope: 'https://app.example/app/',
    unregister: async () => done.push('unregistered'),
  }
  const worker = Object.assign(new EventTarget(), { registration })
  vi.stubGlobal('self', worker)
  vi.stubGlobal('caches', {
    keys: async () => NAMES,
    delete: async (name: string) => done.push(name),
    ...storage,
  })
  selfDestroy()
  const work: Promise<unknown>[] = []
  const event = Object.assign(new Event('activate'), { waitUntil: (one: Promise<unknown>) => work.push(one) })
  worker.dispatchEvent(event)
  await Promise.allSettled(work)
  return done.join(' ')
}

test('deletes its own caches, and then itself', async () => {
  expect(await destroy({})).toBe('paceline-precache:/app/ paceline-api:/app/ unregistered')
})

test.each([
  ['list', { keys: fail }],
  ['delete', { delete: fail }],
])('goes also where the browser cannot %s caches', async (_, storage) => {
  expect(await destroy(storage)).toBe('unregistered')
})
