import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'

/** An nginx of a test's own, on a free port of this machine. It goes away with the test. */
export interface TestNginx {
  readonly port: number
  readonly origin: string
  /** What it has to say of its configuration and of requests. */
  errors(): Promise<string>
  /** Makes it read its configuration again, and waits until those who have the old one take no more requests. */
  reload(): Promise<void>
}

export interface TestNginxOptions {
  /** Text of the `http` block. */
  readonly http: string
  /** Text of the `server` block, without `listen`. */
  readonly server: string
  /**
   * Takes what ends the server.
   *
   * @default it ends with the test
   */
  readonly atEnd?: (stop: () => Promise<void>) => void
}

/**
 * Starts nginx, as it comes with the system.
 *
 * @throws when this machine has none, or when it does not take the configuration: with what it says
 */
export async function startNginx({ http, server, atEnd = onTestFinished }: TestNginxOptions): Promise<TestNginx> {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-nginx-'))
  const port = await freePort()
  await mkdir(join(dir, 'temp'))
  await writeFile(join(dir, 'nginx.conf'), configuration(dir, port, http, server))
  const errors = (): Promise<string> => readFile(join(dir, 'error.log'), 'utf8').catch(() => '')
  const command = process.env.PACELINE_NGINX || 'nginx'
  // `-e` for what it says before it has read where its log is.
  const child = spawn(command, ['-p', dir, '-e', join(dir, 'error.log'), '-c', join(dir, 'nginx.conf')], {
    stdio: 'ignore',
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    await once(child, 'spawn')
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw new Error(
      `\`${command}\` does not start, and this test needs nginx. Install nginx, or name one in PACELINE_NGINX; \`npm test\` tries to.`,
      { cause: error },
    )
  }
  atEnd(async () => {
    child.kill('SIGTERM')
    await closed
    await rm(dir, { recursive: true, force: true })
  })
  const origin = `http://127.0.0.1:${port}`
  const end = Date.now() + 20_000
  while (
    !(await fetch(origin).then(
      () => true,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || Date.now() > end)
      throw new Error(`nginx does not start; it says:\n${await errors()}`)
    await sleep(20)
  }
  const reload = async (): Promise<void> => {
    const before = await workersOf(child.pid!)
    child.kill('SIGHUP')
    const end = Date.now() + 20_000
    while ((await workersOf(child.pid!)).some((worker) => before.includes(worker))) {
      if (Date.now() > end) throw new Error(`nginx goes on with its old configuration; it says:\n${await errors()}`)
      await sleep(20)
    }
  }
  return { port, origin, errors, reload }
}

/** Ids of the processes that take requests; those that are shutting down finish what they have, which a browser may leave open. */
async function workersOf(master: number): Promise<string[]> {
  // Without `ps` nobody waits, and the old ones may answer for a moment.
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']).catch(() => ({ stdout: '' }))
  return stdout.split('\n').flatMap((row) => {
    const [pid, parent, ...title] = row.trim().split(/\s+/)
    return Number(parent) === master && !title.includes('shutting') ? [pid!] : []
  })
}

function configuration(dir: string, port: number, http: string, server: string): string {
  // As root it would serve as somebody else, who may not read what a test wrote.
  const user = process.getuid?.() === 0 ? `user ${userInfo().username};` : ''
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `daemon off;
${user}
worker_processes 1;
pid ${dir}/nginx.pid;
error_log ${dir}/error.log;
events { worker_connections 256; }
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${dir}/temp/${name};`).join('\n')}
${http}
  server {
    listen 127.0.0.1:${port};
${server}
  }
}
`
}
