import { ServerResponse, type IncomingMessage } from 'node:http'
import type { Answer } from '../answer/answer.ts'

/** Where Node keeps the head of a response, to its empty line, between `writeHead` and the first byte. */
const HEAD = '_header'

/**
 * The response of our own server. Checking and joining the same headers for each request costs Node more than all that we do: within a second,
 * answers that share their headers share the head that Node wrote for the first of them.
 */
export class QuickResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  declare '_header': string | null | undefined

  /** Writes the head of an answer, as `writeHead` does. */
  writeHeadOf({ status, headers, headSlot }: Answer): void {
    if (headSlot === undefined || !this.isPlain()) {
      this.writeHead(status, headers as string[])
      return
    }
    const second = Math.floor(Date.now() / 1000)
    if (headSlot.second === second && headSlot.status === status) {
      this.statusCode = status
      this[HEAD] = headSlot.text
      return
    }
    this.writeHead(status, headers as string[])
    const head = Object.hasOwn(this, HEAD) ? this[HEAD] : undefined
    // A version of Node that keeps its head elsewhere writes each anew, and so does one that ends the connection.
    if (typeof head !== 'string' || !KEPT.test(head)) return
    headSlot.status = status
    headSlot.second = second
    headSlot.text = head
  }

  /** Whether nothing but the answer decides about the head. Who set headers before (`Connection: close` at the end) wants them in it. */
  private isPlain(): boolean {
    const { httpVersionMinor, headers } = this.req
    const isLasting = this.shouldKeepAlive && httpVersionMinor === 1
    return isLasting && headers.expect === undefined && this.getHeaderNames().length === 0
  }
}

const KEPT = /^HTTP\/1\.1 \d{3} [^]*\r\nConnection: keep-alive\r\n\r\n$/
