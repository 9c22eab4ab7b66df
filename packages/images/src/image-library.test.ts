import type { Artifact, Artifacts, Job } from '@paceline/artifact-cache'
import { writeFixture } from '@paceline/testkit'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { endImageProcess } from './encode/work-in-process.ts'
import { imageError } from './errors.ts'
import { ImageLibrary, type AppPicture, type ImageUse } from './image-library.ts'
import { resolveImagesOptions } from './resolve-options.ts'
import { photograph } from './testing/photograph.ts'

interface Held {
  readonly library: ImageLibrary
  readonly picture: AppPicture
  readonly use: ImageUse
  /** Of the placeholder, which is made when the test says so. */
  readonly placeholder: PromiseWithResolvers<Artifact>
}

async function holdPlaceholder(): Promise<Held> {
  const root = await writeFixture({ 'a.jpg': await photograph(60, 40) })
  const placeholder = Promise.withResolvers<Artifact>()
  const artifacts: Artifacts = {
    make: (_, job: Pick<Job<Artifact>, 'label' | 'work'>) =>
      job.label.includes('placeholder') ? placeholder.promise : job.work(),
    find: () => Promise.resolve(undefined),
  }
  const use = { file: join(root, 'a.jpg'), importer: join(root, 'main.js') }
  const surroundings = { options: resolveImagesOptions({}), artifacts, displayName: String, warn: () => {} }
  const library = new ImageLibrary(surroundings)
  const picture = (await library.open(use)) as AppPicture
  await endImageProcess()
  return { library, picture, use, placeholder }
}

test('nobody waits for a placeholder that is still to be made', async () => {
  const { library, picture, use, placeholder } = await holdPlaceholder()
  const onMade = vi.fn<() => void>()
  expect(await library.placeholderOf(picture, use, onMade)).toEqual({})
  expect(await library.placeholderOf(picture, use, onMade)).toEqual({})
  expect(onMade).not.toHaveBeenCalled()
  placeholder.resolve({ bytes: Buffer.from('#123456'), info: {} })
  await vi.waitFor(() => expect(onMade).toHaveBeenCalledOnce())
  expect(await library.placeholderOf(picture, use, onMade)).toEqual({ placeholder: '#123456' })
})

test('who asks again hears that a picture is damaged', async () => {
  const { library, picture, use, placeholder } = await holdPlaceholder()
  const onMade = vi.fn<() => void>()
  expect(await library.placeholderOf(picture, use, onMade)).toEqual({})
  placeholder.reject(imageError('PACELINE_IMAGE_CORRUPT', [{ file: 'a.jpg' }, 'grey rows']))
  await vi.waitFor(() => expect(onMade).toHaveBeenCalledOnce())
  await expect(library.placeholderOf(picture, use, onMade)).rejects.toThrow('`a.jpg` is damaged')
})
