import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { LiveSite } from '../adapters/live-site.ts'
import { plainAnswer, type Answer } from '../answer/answer.ts'
import type { Question } from '../answer/responder.ts'
import { noteLength } from './access-log.ts'
import { sendAnswer, type NodeResponse } from './send-answer.ts'

export interface HintOptions {
  /**
   * When 103 Early Hints go out before a page: over HTTP/2, always, or never. Browsers take no notice of them over HTTP/1; a proxy in front that speaks
   * HTTP/2 to them may.
   *
   * @default 'http2'
   */
  readonly earlyHints?: 'http2' | 'always' | false | undefined
}

export type NodeRequest = IncomingMessage | Http2ServerRequest

/** Answers a request, or calls `next` when it is not for a file of the site. Without `next` it answers everything. */
export type Handler = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  next?: (error?: unknown) => void,
) => void

/** How requests are handled beside what the site says. */
export interface HandleContext extends HintOptions {
  readonly next?: ((error?: unknown) => void) | undefined
  readonly filesOnly?: boolean | undefined
}

/** Asks the site, and sends its answer. */
export function handleRequest(
  site: LiveSite,
  request: NodeRequest,
  response: NodeResponse,
  context: HandleContext,
): void {
  const { next, filesOnly = false } = context
  const { method = 'GET', headers } = request
  const question: Question = { method, url: urlOf(request), headers, filesOnly }
  const answer = site.answer(question)
  // By far the most: out of memory.
  if (answer !== undefined && !(answer instanceof Promise)) return deliverAnswer(answer, request, response, context)
  const finish = (answer: Answer | undefined): void | Promise<void> => {
    if (answer) return deliverAnswer(answer, request, response, context)
    if (next) return next()
    const last = site.last(question)
    return last instanceof Promise ? last.then(finish) : finish(last)
  }
  const finished = answer instanceof Promise ? answer.then(finish) : finish(answer)
  if (finished) finished.catch((error: unknown) => failRequest(error, request, response, next))
}

/** Sends an answer, with hints before it where they are of use. */
export function deliverAnswer(
  answer: Answer,
  request: NodeRequest,
  response: NodeResponse,
  { earlyHints = 'http2' }: HintOptions,
): void {
  if (response.destroyed) {
    if (answer.content && 'handle' in answer.content) void answer.content.handle.close()
    return
  }
  const sendsHints = earlyHints === 'always' || (earlyHints === 'http2' && request.httpVersionMajor >= 2)
  if (answer.links && sendsHints) writeHints(response, answer.links)
  noteLength(response, answer)
  sendAnswer(response, answer)
}

/** Hints are a favour: a value that Node does not take for a link is in the answer all the same. */
function writeHints(response: NodeResponse, links: readonly string[]): void {
  try {
    response.writeEarlyHints({ link: [...links] })
  } catch {
    // Nothing was written.
  }
}

/** Express and Connect cut off the path they are mounted at; the site knows its base by itself. */
function urlOf(request: NodeRequest & { readonly originalUrl?: string }): string {
  return request.originalUrl ?? request.url ?? '/'
}

/** Ends a request that failed for a reason of ours. */
export function failRequest(
  error: unknown,
  request: NodeRequest,
  response: NodeResponse,
  next: HandleContext['next'],
): void {
  if (next) next(error)
  else if (response.headersSent) response.destroy()
  else sendAnswer(response, plainAnswer(500, request.method ?? 'GET'))
}
