import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createScheduler } from '@paceline/artifact-cache'
import { errorCodes } from '@paceline/kit'
import { runBuild, smallApp, writeFixture } from '@paceline/testkit'
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ImagesOptions } from '../options.ts'
import { images } from '../plugin.ts'
import { photograph } from '../testing/photograph.ts'
import { doImageWork, type ImageWork } from './image-work.ts'
import { probeImage } from './probe-image.ts'
import type { SourceImage } from './source-image.ts'
import { imageProcesses } from './testing/image-processes.ts'
import { endImageProcess, workInProcess as workWithin } from './work-in-process.ts'

const limits = { pixels: 64e6, bytes: 64e6, memory: 512e6 }

let bytes: Uint8Array
let source: SourceImage
beforeAll(async () => {
  bytes = await photograph(320, 240)
  source = await probeImage({ file: 'photo.jpg' }, bytes, limits)
})
beforeEach(() => {
  vi.stubEnv('NODE_OPTIONS', `--import ${new URL('./testing/end-process.ts', import.meta.url).href}`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await endImageProcess()
})

const variantOf = (file: string, width = 160): ImageWork => ({
  kind: 'variant',
  source: { ...source, subject: { file, importer: 'main.js' } },
  variant: { format: 'webp', width, height: width * 0.75 },
  quality: 60,
})

const workInProcess = (work: ImageWork): ReturnType<typeof doImageWork> => workWithin(work, 60_000)

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'paceline-ends-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** Files by name. */
async function contents(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path)).toSorted()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(path, name), 'base64')])),
  )
}

describe('workInProcess, when the process ends before its time', () => {
  test.each([
    ['killed.jpg', 'SIGKILL'],
    ['exits.jpg', 'exit code 3'],
  ])('names the picture that ends it (%s), and makes all others', async (file, how) => {
    const widths = [80, 120, 160, 200]
    const guilty = workInProcess(variantOf(file)).catch((error: unknown) => error)
    const others = await Promise.all(widths.map((width) => workInProcess(variantOf('photo.jpg', width))))
    const made = await Promise.all(widths.map((width) => doImageWork(variantOf('photo.jpg', width))))
    expect(others.map(({ bytes }) => Buffer.from(bytes))).toEqual(made.map(({ bytes }) => Buffer.from(bytes)))
    const error = await guilty
    expect(errorCodes(error)).toEqual(['PACELINE_IMAGE_PROCESS_ENDED'])
    expect((error as Error).message).toContain(`\`${file}\` (used in \`main.js\`) ended the process`)
    expect((error as Error).message).toContain(`received ${how}.`)
  })

  test('tells two that end it apart from who was beside them', async () => {
    const all = await Promise.allSettled(
      ['killed.jpg', 'photo.jpg', 'exits.jpg', 'other.jpg'].map((file) => workInProcess(variantOf(file))),
    )
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
  })

  test('does the work again that was lost with it once', async () => {
    vi.stubEnv('PACELINE_TEST_ENDED', join(await folder(), 'ended'))
    const [once, beside] = await Promise.all([
      workInProcess(variantOf('killed-once.jpg')),
      workInProcess(variantOf('photo.jpg')),
    ])
    const { bytes: made } = await doImageWork(variantOf('photo.jpg'))
    expect(Buffer.from(once.bytes).equals(made)).toBe(true)
    expect(Buffer.from(beside.bytes).equals(made)).toBe(true)
  })

  test('is not asked what a process was asked that has been killed from outside, at rest or at work', async () => {
    await workInProcess(variantOf('photo.jpg'))
    for (const isAtWork of [false, true]) {
      const first = isAtWork ? workInProcess(variantOf('photo.jpg')) : undefined
      const [running] = await imageProcesses()
      process.kill(running!.pid, 'SIGKILL')
      const next = await workInProcess(variantOf('photo.jpg'))
      expect(next.bytes.length).toBeGreaterThan(0)
      expect((await first)?.bytes.length).toBe(first && next.bytes.length)
    }
  })

  test('keeps the places of the scheduler for what is done again, and gives them back', async () => {
    const scheduler = createScheduler({ cores: 2 })
    const run = (file: string): Promise<unknown> =>
      scheduler.run({ label: file, cost: 1, memory: 1, work: () => workInProcess(variantOf(file)) })
    const all = await Promise.allSettled(['killed.jpg', 'a.jpg', 'killed.jpg', 'b.jpg', 'c.jpg'].map(run))
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(scheduler.progress()).toMatchObject({ done: 5, total: 5 })
  })

  test('says why it could not be started, and starts the next time', async () => {
    const { execPath } = process
    process.execPath = '/nowhere/node'
    onTestFinished(() => void (process.execPath = execPath))
    await expect(workInProcess(variantOf('photo.jpg'))).rejects.toMatchObject({ code: 'ENOENT' })
    process.execPath = execPath
    expect((await workInProcess(variantOf('photo.jpg'))).bytes.length).toBeGreaterThan(0)
  })
})

describe('workInProcess, when the process hangs', () => {
  test('names the picture that does not end, makes those beside it, and leaves no process behind', async () => {
    const [hung, ...others] = await Promise.allSettled([
      workWithin(variantOf('hangs.jpg'), 1500),
      ...['photo.jpg', 'other.jpg'].map((file) => workInProcess(variantOf(file))),
    ])
    expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    const { reason } = hung as PromiseRejectedResult
    expect(errorCodes(reason)).toEqual(['PACELINE_IMAGE_HANGS'])
    expect((reason as Error).message).toContain('`hangs.jpg` (used in `main.js`) does not come back')
    expect((reason as Error).message).toContain('received no answer within 1.5 s, and the process was ended.')
    await endImageProcess()
    await expect.poll(imageProcesses).toEqual([])
  })

  test('does the work again once', async () => {
    vi.stubEnv('PACELINE_TEST_ENDED', join(await folder(), 'hung'))
    const { bytes: made } = await doImageWork(variantOf('photo.jpg'))
    // Making it takes some hundredths of the limit.
    const again = await workWithin(variantOf('hangs-once.jpg'), 6000)
    expect(Buffer.from(again.bytes).equals(made)).toBe(true)
  })
})

describe('a build whose process for images ends', () => {
  const app = {
    ...smallApp,
    'src/main.js':
      "import './main.css'\nimport a from './a.jpg?picture'\nimport b from './killed.jpg?picture'\ndocument.title = a.src + b.src",
  }

  test('fails with the file and who uses it, and keeps no part of anything', async () => {
    const files = { ...app, 'src/a.jpg': bytes, 'src/killed.jpg': await photograph(300, 200) }
    const options: ImagesOptions = { widths: [160], quality: 50 }
    const root = await writeFixture(files)
    const building = runBuild({ vite: 8, root, plugins: images(options) })
    await expect(building).rejects.toThrow('`src/killed.jpg` (used in `src/main.js`) ended the process')
    expect(await imageProcesses()).toEqual([])
    expect(await readdir(root)).not.toContain('dist')
    // What the cache has kept of it is whole: the next build, which nothing ends, is like one with an empty cache.
    vi.unstubAllEnvs()
    await runBuild({ vite: 8, root, plugins: images(options) })
    const fresh = await writeFixture(files)
    await runBuild({ vite: 8, root: fresh, plugins: images(options) })
    expect(await contents(join(root, 'dist/assets'))).toEqual(await contents(join(fresh, 'dist/assets')))
  })

  test('serves the picture as it is when told to, and makes the others', async () => {
    const killed = await photograph(300, 200)
    const root = await writeFixture({ ...app, 'src/a.jpg': bytes, 'src/killed.jpg': killed })
    const plugins = images({ widths: [160], quality: 50, onError: 'warn' })
    const { log } = await runBuild({ vite: 8, root, plugins })
    expect(log.warn).toContainEqual(
      expect.stringMatching(/`src\/killed\.jpg` .*received SIGKILL\..* It is served as it is\.$/),
    )
    const files = await readdir(join(root, 'dist/assets'))
    expect(files.filter((name) => name.startsWith('killed'))).toHaveLength(1)
    expect(files.filter((name) => /^a-.*\.avif$/.test(name))).toHaveLength(1)
    expect(await imageProcesses()).toEqual([])
  })
})
