import { createScheduler, digestOf, type Artifact, type Artifacts, type Job } from '@paceline/artifact-cache'
import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, test } from 'vitest'
import { defaultImageLimits } from '../resolve-options.ts'
import { makeImageSet, type ImageWishes } from './make-image-set.ts'
import { photoSource } from './testing/photo-source.ts'

const BOUND = 512_000_000
/** As docs/images.md says it. */
const PROCESS = 150_000_000

const wishes: ImageWishes = {
  formats: ['avif', 'webp'],
  widths: [480, 960, 1600, 3000],
  fallback: true,
  quality: { target: 80 },
  placeholder: 'thumbhash',
  limits: defaultImageLimits,
}

interface Running {
  readonly memory: number
  readonly label: string
  end(): void
}

/** The scheduler’s decisions on all files of so many photographs, the jobs ending in one order or another. Nothing is encoded. */
async function decisions(resident: number, seed: number, photographs = 6): Promise<Running[][]> {
  const running = new Set<Running>()
  const seen: Running[][] = []
  const hold = (job: Job<Artifact>): Job<Artifact> => ({
    ...job,
    work: () => {
      const { promise, resolve } = Promise.withResolvers<Artifact>()
      const entry: Running = {
        memory: job.memory,
        label: job.label,
        end: () => {
          running.delete(entry)
          resolve({ bytes: new Uint8Array(9), info: {} })
        },
      }
      running.add(entry)
      seen.push([...running])
      return promise
    },
  })
  const scheduler = createScheduler({ cores: 16, memory: BOUND, resident: () => resident })
  const artifacts: Artifacts = {
    make: async (_, job) => (await scheduler.run(hold(job))).result,
    find: () => Promise.resolve(undefined),
  }
  const all = Array.from({ length: photographs }, (_, index) => {
    const source = { ...photoSource(6000, 4000), subject: { file: `${index}.jpg` } }
    return makeImageSet(artifacts, source, digestOf(Buffer.from([index])), wishes)
  })
  const random = seeded(seed)
  for (;;) {
    // The scheduler begins in a turn of its own.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const entries = [...running]
    if (entries.length === 0) break
    entries[Math.floor(random() * entries.length)]!.end()
  }
  await Promise.all(all)
  return seen
}

const sum = (jobs: readonly Running[]): number => jobs.reduce((total, { memory }) => total + memory, 0)

test.each([
  ['a photograph of 12 megapixels', { ...photoSource(4032, 3024) }, 2],
  ['one of 64 megapixels', { ...photoSource(8000, 8000) }, 0],
  ['a transparent picture of 20 megapixels', { ...photoSource(5000, 4000), format: 'png', hasAlpha: true }, 2],
] as const)('no file of %s in its own size takes more than is allowed', async (_, source, count) => {
  const asked: { readonly label: string; readonly memory: number }[] = []
  const artifacts: Artifacts = {
    make: (_, { label, memory }) => {
      asked.push({ label, memory })
      return Promise.resolve({ bytes: new Uint8Array(9), info: {} })
    },
    find: () => Promise.resolve(undefined),
  }
  const own: ImageWishes = { ...wishes, widths: [], placeholder: false }
  const { leftOut } = await makeImageSet(artifacts, source, digestOf(Buffer.from('own')), own)
  expect(asked.filter(({ memory }) => memory > defaultImageLimits.memory)).toEqual([])
  expect([asked.length, leftOut.length]).toEqual([count, 3 - count])
})

describe('the jobs of pictures, under the memory bound', () => {
  test.each([0, 100e6, 184e6, 240e6])(
    'take what their process and %d bytes of this one leave, or run alone',
    async (resident) => {
      const seen = (await Promise.all([1, 2, 3].map((seed) => decisions(resident, seed)))).flat()
      const over = seen.filter((jobs) => jobs.length > 1 && resident + PROCESS + sum(jobs) > BOUND)
      expect(over.map((jobs) => jobs.map(({ label }) => label))).toEqual([])
      // All of them are made: of each photograph four widths in three formats and a placeholder.
      expect(new Set(seen.map((jobs) => jobs.at(-1)!.label)).size).toBe(6 * 13)
      // The bound is made use of.
      expect(Math.max(...seen.map((jobs) => resident + PROCESS + sum(jobs)))).toBeGreaterThan(BOUND * 0.9)
      expect(seen.some((jobs) => jobs.length > 2)).toBe(true)
    },
  )

  test('have half of the bound, their process included, beside a build of any size', async () => {
    const seen = await decisions(4e9, 1)
    const together = seen.filter((jobs) => jobs.length > 1)
    expect(together.length).toBeGreaterThan(0)
    expect(Math.max(...together.map((jobs) => PROCESS + sum(jobs)))).toBeLessThanOrEqual(BOUND / 2)
  })
})
