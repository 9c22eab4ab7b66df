import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestOf } from '@paceline/artifact-cache'
import { errorCodes } from '@paceline/kit'
import sharp from 'sharp'
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { photograph } from '../testing/photograph.ts'
import { doImageWork, type ImageWork } from './image-work.ts'
import { probeImage } from './probe-image.ts'
import type { SourceImage } from './source-image.ts'
import { imageProcesses } from './testing/image-processes.ts'
import { endImageProcess, workInProcess as workWithin } from './work-in-process.ts'

const subject = { file: 'photo.jpg', importer: 'main.js' }
const limits = { pixels: 64e6, bytes: 64e6, memory: 512e6 }

let bytes: Uint8Array
let source: SourceImage
beforeAll(async () => {
  bytes = await photograph(320, 240)
  source = await probeImage(subject, bytes, limits)
})
afterEach(endImageProcess)

const variantOf = (of: SourceImage): ImageWork => ({
  kind: 'variant',
  source: of,
  variant: { format: 'webp', width: 160, height: 120 },
  quality: 60,
})

async function written(content: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paceline-process-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'photo.jpg')
  await writeFile(path, content)
  return path
}

const workInProcess = (work: ImageWork): ReturnType<typeof doImageWork> => workWithin(work, 60_000)

describe('workInProcess', () => {
  test('gives what is made here, of each kind of work', async () => {
    for (const work of [
      { kind: 'header', subject, bytes, format: 'jpeg' },
      { kind: 'placeholder', source, placeholder: 'thumbhash' },
      variantOf(source),
    ] satisfies ImageWork[]) {
      const [there, here] = await Promise.all([workInProcess(work), doImageWork(work)])
      expect(Buffer.from(there.bytes).equals(here.bytes)).toBe(true)
      expect(there.info).toEqual(here.info)
    }
  })

  test('reads the picture from its file, and takes the bytes that it was asked about when the file has changed', async () => {
    const made = await doImageWork(variantOf(source))
    const other = await photograph(300, 200)
    for (const content of [bytes, other]) {
      const origin = { path: await written(content), digest: digestOf(bytes) }
      const { bytes: found } = await workInProcess(variantOf({ ...source, origin }))
      expect(Buffer.from(found).equals(made.bytes)).toBe(true)
    }
    const gone = { path: '/nowhere/photo.jpg', digest: digestOf(bytes) }
    expect((await workInProcess(variantOf({ ...source, origin: gone }))).bytes).toHaveLength(made.bytes.length)
  })

  test('fails with the code and the words of the catalogue, and goes on with the next', async () => {
    const broken = { ...source, bytes: bytes.slice(0, bytes.length / 2) }
    const error: unknown = await workInProcess(variantOf(broken)).catch((caught: unknown) => caught)
    expect(errorCodes(error)).toEqual(['PACELINE_IMAGE_CORRUPT'])
    expect((error as Error).message).toContain('`photo.jpg` (used in `main.js`) is damaged or cut off')
    const { bytes: made } = await workInProcess(variantOf(source))
    expect(await sharp(made).metadata()).toMatchObject({ format: 'webp', width: 160 })
  })

  test('ends its process when it is told to, but not before its work is done', async () => {
    const work = workInProcess(variantOf(source))
    await endImageProcess()
    expect((await work).bytes.length).toBeGreaterThan(0)
    expect(await imageProcesses()).toHaveLength(1)
    await endImageProcess()
    expect(await imageProcesses()).toEqual([])
  })

  test('keeps no process alive that has nothing left to do', async () => {
    const sources = new URL('./testing/resolve-sources.ts', import.meta.url).href
    const program = `
      const { workInProcess } = await import(${JSON.stringify(new URL('./work-in-process.ts', import.meta.url).href)})
      const bytes = Buffer.from(${JSON.stringify(Buffer.from(bytes).toString('base64'))}, 'base64')
      await workInProcess({ kind: 'header', subject: { file: 'a.jpg' }, bytes, format: 'jpeg' }, 60_000)
      process.stdout.write('done')`
    const child = spawn(process.execPath, ['--import', sources, '--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (piece: Buffer) => (text += piece.toString()))
    const { promise, resolve } = Promise.withResolvers<number | null>()
    child.on('close', resolve)
    expect(await promise).toBe(0)
    expect(text).toBe('done')
  })
})
