import { createScheduler } from '@paceline/artifact-cache'
import { errorCodes } from '@paceline/kit'
import sharp from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { isImageError } from '../errors.ts'
import { photograph } from '../testing/photograph.ts'
import { makeVariant } from './make-variant.ts'
import { pictureError } from './picture-error.ts'
import { probeImage } from './probe-image.ts'
import type { SourceImage } from './source-image.ts'

const subject = { file: 'photo.jpg', importer: 'main.js' }
const trouble = vi.hoisted(() => ({ next: undefined as Error | undefined }))
vi.mock(import('../quality/score-threads.ts'), async (original) => {
  const { openScoreThread } = await original()
  return {
    openScoreThread(reference) {
      const { next } = trouble
      trouble.next = undefined
      if (next) throw next
      return openScoreThread(reference)
    },
  }
})

const noThread = (): Error =>
  Object.assign(new Error('Worker terminated due to reaching memory limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })

describe('pictureError', () => {
  test('says that a picture is damaged when its decoder says so', async () => {
    const bytes = await photograph(320, 240)
    const error: unknown = await sharp(bytes.subarray(0, 3000), { failOn: 'warning' })
      .raw()
      .toBuffer()
      .catch((reason: unknown) => reason)
    const told = pictureError(subject, error)
    expect(errorCodes(told)).toEqual(['PACELINE_IMAGE_CORRUPT'])
    expect(told.message).toContain('`photo.jpg` (used in `main.js`) is damaged or cut off; received "')
  })

  test.each([noThread(), new RangeError('Array buffer allocation failed'), new TypeError('of ours')])(
    'leaves %s what it is',
    (error) => expect(pictureError(subject, error)).toBe(error),
  )

  test.each(['vips_tracked: out of memory -- size == 96MB', 'pngload_buffer: Insufficient memory to store text'])(
    'tells the scheduler that there was no memory: %s',
    (message) => {
      const error = pictureError(subject, new Error(message))
      expect(error).toMatchObject({ code: 'ENOMEM', message: `"${message}"` })
      expect(isImageError(error)).toBe(false)
    },
  )
})

describe('makeVariant, when the machine lacks something', () => {
  let source: SourceImage
  beforeAll(async () => {
    const limits = { pixels: 64e6, bytes: 64e6, memory: 512e6 }
    source = await probeImage(subject, await photograph(320, 240), limits)
  })
  const make = (): Promise<unknown> => makeVariant(source, { format: 'webp', width: 160, height: 120 }, { target: 70 })

  test('does not call the picture damaged', async () => {
    trouble.next = noThread()
    const error: unknown = await make().catch((reason: unknown) => reason)
    expect(isImageError(error)).toBe(false)
    expect(errorCodes(error)).toEqual(['ERR_WORKER_OUT_OF_MEMORY'])
  })

  test('is asked again by the scheduler, and makes it', async () => {
    trouble.next = noThread()
    const scheduler = createScheduler({ pauses: [1, 1] })
    const { result } = await scheduler.run({ label: 'photo.jpg → WebP', cost: 1, memory: 1, work: make })
    expect(result).toMatchObject({ width: 160, height: 120 })
  })
})
