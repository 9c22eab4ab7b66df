import { spawn } from 'node:child_process'

/** Processes that this one has started to encode images, and that run. */
export function imageProcesses(): Promise<{ readonly pid: number }[]> {
  const { promise, resolve } = Promise.withResolvers<{ pid: number }[]>()
  const list = spawn('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
  let text = ''
  list.stdout.on('data', (piece: Buffer) => (text += piece.toString()))
  list.on('close', () =>
    resolve(
      text
        .split('\n')
        .filter((line) => line.includes('image-process'))
        .map((line) => ({ pid: Number.parseInt(line, 10) })),
    ),
  )
  return promise
}
