import { describe, expect, it } from 'vitest'
import type { Artifact, ArtifactJob } from './artifact.ts'
import { createArtifacts } from './create-artifacts.ts'
import { createScheduler } from './scheduler/scheduler.ts'
import { createStore } from './store/create-store.ts'
import { cacheKey } from './cache-key.ts'
import { recipe } from './testing/samples.ts'
import { memoryTier } from './tiers/memory-tier.ts'

const artifact: Artifact = { bytes: Buffer.from('made'), info: {} }

function open(cores = 1) {
  const order: string[] = []
  const job = (label: string, priority: 'build' | 'later' = 'build'): ArtifactJob => ({
    label,
    cost: 1,
    memory: 1,
    priority,
    work: async () => {
      order.push(label)
      return artifact
    },
  })
  const keyOf = (one: Parameters<typeof cacheKey>[1]): string => cacheKey('test', one)
  const store = createStore({ keyOf, tiers: [memoryTier()], warn: () => expect.unreachable() })
  return { artifacts: createArtifacts(store, createScheduler({ cores })), store, order, job }
}

describe('createArtifacts', () => {
  it('makes what is not there once, and finds it from then on', async () => {
    const { artifacts, store, order, job } = open()
    expect(await artifacts.find(recipe('a'))).toBeUndefined()
    const both = [artifacts.make(recipe('a'), job('a')), artifacts.make(recipe('a'), job('again'))]
    expect((await Promise.all(both)).map(({ bytes }) => String(bytes))).toEqual(['made', 'made'])
    await artifacts.make(recipe('a'), job('third'))
    expect(String((await artifacts.find(recipe('a')))?.bytes)).toBe('made')
    expect(order).toEqual(['a'])
    expect(store.statistics()).toMatchObject({ made: { brotli: { count: 1 } }, shared: 1 })
  })

  it('makes what was to be made later at once when somebody waits for it', async () => {
    const { artifacts, order, job } = open()
    const all = [
      artifacts.make(recipe('later'), job('later', 'later')),
      artifacts.make(recipe('wanted'), job('wanted', 'later')),
      artifacts.make(recipe('now'), job('now')),
      artifacts.make(recipe('wanted'), job('wanted again')),
    ]
    await Promise.all(all)
    expect(order.at(-1)).toBe('later')
    expect(order.toSorted()).toEqual(['later', 'now', 'wanted'])
  })

  it('keeps nothing of work that failed, and tries again when it is asked again', async () => {
    const { artifacts, job } = open()
    const failing = { ...job('a'), work: () => Promise.reject(new Error('no')) }
    await expect(artifacts.make(recipe('a'), failing)).rejects.toThrow('`a` could not be made; no')
    expect(String((await artifacts.make(recipe('a'), job('a'))).bytes)).toBe('made')
  })
})
