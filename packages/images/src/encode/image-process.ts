import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { releaseBytes } from '../quality/pixels.ts'
import { originOf, withBytes, type ImageAnswer, type ImageQuestion } from './image-message.ts'
import { doImageWork, type ImageWork } from './image-work.ts'

process.on('message', ({ request, work }: ImageQuestion) => void reply(request, work))
// Whoever asked is gone. What libvips is at would be waited for by an orderly exit, and nobody needs it.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// A terminal sends it to everybody. The one who asks decides what is to end.
process.on('SIGINT', () => {})

async function reply(request: number, work: ImageWork): Promise<void> {
  process.send?.({ request, ...(await answerTo(work)) } satisfies ImageAnswer)
}

type Answer = ImageAnswer extends infer Each ? (Each extends unknown ? Omit<Each, 'request'> : never) : never

async function answerTo(work: ImageWork): Promise<Answer> {
  let bytes: Uint8Array | undefined
  try {
    const origin = originOf(work)
    bytes = origin && (await readFile(origin.path).catch(() => undefined))
    // As the artifact cache does; loading it for this would double the time that the process takes to start.
    if (origin && (!bytes || hash('sha256', bytes, 'hex') !== origin.digest)) return { changed: true }
    return { artifact: await doImageWork(bytes ? withBytes(work, bytes) : work) }
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    return { error: { message, ...(code !== undefined && { code }) } }
  } finally {
    if (bytes) releaseBytes(bytes)
  }
}
