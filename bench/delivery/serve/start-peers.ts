import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const SERVERS = [
  'paceline serve',
  'node:http',
  'node:net',
  'sirv',
  '@fastify/static',
  'nginx',
  'nginx without sendfile',
  'nginx, Debian’s settings',
] as const
export type ServerName = (typeof SERVERS)[number]

/** A server of one process. */
export interface Peer {
  readonly name: ServerName
  readonly origin: string
  readonly pid: number
  /** Bytes on its heap and outside that are alive after a collection; only of a server that was given `memory`. */
  live(): Promise<number>
  /** CPU that its process has used so far, ms. */
  cpu(): number
  stop(): Promise<void>
}

const FIRST_PORT = 4790

/** Whether a program is there. */
export function hasProgram(command: string, argument: string): boolean {
  try {
    execFileSync(command, [argument], { stdio: 'ignore' })
    return true
  } catch (error) {
    // wrk says its version and ends with 1.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

export interface PeerOptions {
  /** What `paceline serve` may keep of files, bytes. @default its own */
  readonly memory?: number
  /** Largest half of the young generation of Node's heap, MiB. @default that of V8 */
  readonly semiSpace?: number | undefined
  /** A path that is there. @default '/page.html' */
  readonly ready?: string
}

/** Starts a server on a port of its own. */
export async function startPeer(
  name: ServerName,
  dir: string,
  folder: string,
  { memory, semiSpace, ready = '/page.html' }: PeerOptions = {},
): Promise<Peer> {
  const port = FIRST_PORT + SERVERS.indexOf(name)
  const child = isNginx(name)
    ? startNginx(dir, folder, { port, settings: nginxSettings(name, folder) })
    : startNode(name, dir, port, { memory, semiSpace })
  const origin = `http://127.0.0.1:${port}`
  await answers(`${origin}${ready}`, child)
  return {
    name,
    origin,
    pid: child.pid!,
    async live() {
      const answer = once(child, 'message')
      child.send('live')
      return Number((await answer)[0])
    },
    cpu: () => cpuOf(child.pid!),
    async stop() {
      const ended = new Promise((done) => child.once('close', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}

function startNode(
  name: ServerName,
  dir: string,
  port: number,
  { memory, semiSpace }: Pick<PeerOptions, 'semiSpace'> & { readonly memory: number | undefined },
): ChildProcess {
  const script = fileURLToPath(new URL('server-in-child.ts', import.meta.url))
  if (memory === undefined) {
    return spawn(process.execPath, [script, name, dir, String(port)], { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  // Whose memory is measured is asked for what is alive.
  const flags = semiSpace === undefined ? [] : [`--max-semi-space-size=${semiSpace}`]
  return spawn(process.execPath, [...flags, '--expose-gc', script, name, dir, String(port), String(memory)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

/** Whether a server is nginx, however it is set. */
export function isNginx(name: ServerName): boolean {
  return name.startsWith('nginx')
}

/**
 * How a server of nginx is set: all that makes it fast, the same without `sendfile`, or what Debian's package writes into nginx.conf, which
 * keeps a log and opens the file for each request.
 */
function nginxSettings(name: ServerName, folder: string): string {
  if (name === 'nginx, Debian’s settings') return `access_log ${folder}/access.log; sendfile on; tcp_nopush on;`
  const sendfile = name === 'nginx without sendfile' ? 'off' : 'on'
  return `access_log off; sendfile ${sendfile}; tcp_nopush on; open_file_cache max=1000; keepalive_requests 100000000;`
}

/** One process that answers with compressed siblings. */
function startNginx(
  dir: string,
  folder: string,
  { port, settings }: { readonly port: number; readonly settings: string },
): ChildProcess {
  const config = join(folder, `nginx-${port}.conf`)
  writeFileSync(
    config,
    `daemon off; master_process off; pid ${folder}/nginx-${port}.pid; error_log stderr error;
events { worker_connections 512; }
http {
  types { text/html html; text/javascript js; }
  ${settings} gzip_static on; etag on;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server { listen 127.0.0.1:${port}; root ${dir}; }
}
`,
  )
  return spawn('nginx', ['-c', config], { stdio: ['ignore', 'ignore', 'inherit'] })
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) break
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await sleep(50)
  }
  child.kill()
  throw new Error(`The server at ${url} does not answer. Is its package installed, and its port free?`)
}

/** User and system time of a process and its threads (proc(5): fields 14 and 15 of stat, in ticks of 1/100 s). */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
