type Ask = (url: string, init: RequestInit) => Promise<Pick<Response, 'status' | 'headers'>>

/** `gone`: no try will bring it. `there`: the failure has passed. `unreachable`: nobody can say, since the server did not answer, or with an error. */
export type Whereabouts = 'gone' | 'there' | 'unreachable'

const PATIENCE_MS = 5000
const CODE = /\.(?:m?js|css|wasm)$/

/**
 * Asks the server for a file that could not be loaded, past all caches: a reload brings nothing back that a lost connection or a busy server
 * has withheld, and takes away what the app shows instead.
 *
 * @param worker the address of the worker's script, which is there in every release: it tells a server that answers missing files with its
 * page from a captive portal that answers everything with its own
 */
export async function askForFile(url: string, worker: string, ask: Ask = fetch): Promise<Whereabouts> {
  const answer = await head(url, ask)
  if (answer === undefined) return 'unreachable'
  if (answer.status === 404 || answer.status === 410) return 'gone'
  if (answer.status !== 200) return 'unreachable'
  if (!CODE.test(new URL(url, 'http://localhost').pathname) || !/html/.test(typeOf(answer))) return 'there'
  return (await isReachable(worker, ask)) ? 'gone' : 'unreachable'
}

/** Whether the server answers at all: `navigator.onLine` is true behind a captive portal. */
export async function isReachable(worker: string, ask: Ask = fetch): Promise<boolean> {
  const answer = await head(worker, ask)
  return answer?.status === 200 && /javascript/.test(typeOf(answer))
}

async function head(url: string, ask: Ask): Promise<Awaited<ReturnType<Ask>> | undefined> {
  const init = { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) } as const
  return ask(url, init).catch(() => undefined)
}

function typeOf({ headers }: Pick<Response, 'headers'>): string {
  return headers.get('content-type') ?? ''
}
