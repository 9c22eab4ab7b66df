import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { photograph } from '../testing/photograph.ts'
import { doImageWork, type ImageWork } from './image-work.ts'
import { probeImage } from './probe-image.ts'
import type { Quality } from './make-variant.ts'

const run = promisify(execFile)
const sources = new URL('./testing/resolve-sources.ts', import.meta.url).href
const subject = { file: 'photo.jpg', importer: 'main.js' }

/** What a program prints as JSON that has `imageJob`, and `photo` to work on. */
async function tell<Told>(photo: Uint8Array, program: string, command: readonly string[]): Promise<Told> {
  const folder = await mkdtemp(join(tmpdir(), 'paceline-without-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'program.ts')
  const here = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
  await writeFile(
    path,
    `const { imageJob: jobOf, endImageProcess } = await import(${here('./work-in-process.ts')})
     const imageJob = (work) => jobOf(work, { cost: 100, memory: 1e6 })
     const { probeImage } = await import(${here('./probe-image.ts')})
     const photo = Buffer.from('${Buffer.from(photo).toString('base64')}', 'base64')
     const source = await probeImage(${JSON.stringify(subject)}, photo, { pixels: 64e6, bytes: 64e6, memory: 512e6 })
     const variantOf = (quality, bytes = photo) =>
       ({ kind: 'variant', source: { ...source, bytes }, variant: { format: 'webp', width: 160, height: 120 }, quality })
     ${program}`,
  )
  const [file, ...args] = [...command, '--import', sources, path]
  const { stdout } = await run(file!, args)
  return JSON.parse(stdout) as Told
}

async function madeHere(photo: Uint8Array, quality: Quality): Promise<string> {
  const source = await probeImage(subject, photo, { pixels: 64e6, bytes: 64e6, memory: 512e6 })
  const work: ImageWork = { kind: 'variant', source, variant: { format: 'webp', width: 160, height: 120 }, quality }
  return Buffer.from((await doImageWork(work)).bytes).toString('base64')
}

const restricted = [process.execPath, '--permission', '--allow-addons', '--allow-fs-read=*']

describe('imageJob, under --permission', () => {
  const program = `
    const made = []
    let processMemory
    for (const quality of [60, { target: 70 }]) {
      const job = imageJob(variantOf(quality))
      processMemory = job.processMemory ?? null
      made.push(Buffer.from((await job.work()).bytes).toString('base64'))
    }
    const error = await imageJob(variantOf(60, photo.subarray(0, 3000))).work().catch(({ code, message }) => ({ code, message }))
    await endImageProcess()
    console.log(JSON.stringify({ made, processMemory, error }))`

  test.each([
    ['without processes and threads', [], null],
    ['without processes', ['--allow-worker'], null],
    ['without threads', ['--allow-child-process'], 150_000_000],
  ])(
    '%s makes the same files, tells the scheduler where, and names what is damaged',
    async (_, flags, processMemory) => {
      const photo = await photograph(320, 240)
      const told = await tell<Told>(photo, program, [...restricted, ...flags])
      expect(told.made).toEqual([await madeHere(photo, 60), await madeHere(photo, { target: 70 })])
      expect(told.processMemory).toBe(processMemory)
      expect(told.error.code).toBe('PACELINE_IMAGE_CORRUPT')
      expect(told.error.message).toContain('`photo.jpg` (used in `main.js`) is damaged or cut off')
    },
  )

  interface Told {
    readonly made: readonly string[]
    readonly processMemory: number | null
    readonly error: { readonly code: string; readonly message: string }
  }
})

test.skipIf(process.platform === 'win32')(
  'imageJob says that there are no files left to open, and goes on when there are',
  async () => {
    const photo = await photograph(320, 240)
    const program = `
      const { openSync, closeSync } = await import('node:fs')
      const opened = []
      try {
        for (;;) opened.push(openSync('/dev/null'))
      } catch {}
      const { code } = await imageJob(variantOf(60)).work().catch((error) => error)
      for (const file of opened) closeSync(file)
      const { bytes } = await imageJob(variantOf(60)).work()
      await endImageProcess()
      console.log(JSON.stringify({ code, made: Buffer.from(bytes).toString('base64') }))`
    const shell = ['sh', '-c', 'ulimit -n 200; exec "$@"', 'sh', process.execPath]
    expect(await tell(photo, program, shell)).toEqual({ code: 'EMFILE', made: await madeHere(photo, 60) })
  },
)
