import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plainAnswer, type Answer } from '../answer/answer.ts'
import type { Handler } from './handle-request.ts'
import { sendAnswer } from './send-answer.ts'
import type { Mount } from './start-server.ts'

const PREFIX = '/__paceline/'
const PAGES: Readonly<Record<string, string>> = { report: 'report.html', treemap: 'treemap.html' }

/** Whether who listens there is heard by this machine alone: reports name modules and packages, which is nothing for the world. */
export function isOwnHost(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '::1'
}

/** The pages of the last build at `/__paceline/report` and `/__paceline/treemap`. */
export function reportMount(reportDir: string): Mount {
  const handle: Handler = (request, response) => {
    const path = (request.url ?? '').slice(PREFIX.length).split('?')[0]!
    const method = request.method ?? 'GET'
    pageAnswer(reportDir, path, method).then(
      (answer) => sendAnswer(response, answer),
      () => response.destroy(),
    )
  }
  return { path: PREFIX, handle }
}

/** The same pages in front of a server of somebody else's, who has all other addresses. */
export function reportPages(reportDir: string): Handler {
  const { handle } = reportMount(reportDir)
  return (request, response, next) => {
    const path = (request.url ?? '').split('?')[0]!
    if (path.startsWith(PREFIX) && Object.hasOwn(PAGES, path.slice(PREFIX.length))) handle(request, response)
    else next?.()
  }
}

async function pageAnswer(reportDir: string, path: string, method: string): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return plainAnswer(405, method, ['allow', 'GET, HEAD'])
  const file = Object.hasOwn(PAGES, path) ? PAGES[path] : undefined
  if (file === undefined) return textAnswer(404, 'Here are /__paceline/report and /__paceline/treemap.\n', method)
  const content = await readFile(join(reportDir, file)).catch(() => undefined)
  if (!content)
    return textAnswer(404, `There is no ${path} yet: \`paceline report\` writes it after a build.\n`, method)
  return withBody(200, 'text/html; charset=utf-8', content, method)
}

function textAnswer(status: number, text: string, method: string): Answer {
  return withBody(status, 'text/plain; charset=utf-8', Buffer.from(text), method)
}

function withBody(status: number, type: string, content: Buffer, method: string): Answer {
  const length = String(content.byteLength)
  const safe = ['cache-control', 'no-store', 'x-content-type-options', 'nosniff', 'x-robots-tag', 'noindex']
  const headers = ['content-type', type, 'content-length', length, ...safe]
  return method === 'HEAD' ? { status, headers } : { status, headers, content }
}
