import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, describe, it, onTestFinished } from 'vitest'
import type { Store } from '../store/store.ts'
import { beacon } from '../testing/beacons.ts'
import { Intake } from './intake.ts'

/** A POST of one beacon, of which nothing has arrived yet. */
function request(): IncomingMessage {
  const made = new IncomingMessage(new Socket())
  made.method = 'POST'
  made.headers = { 'content-type': 'text/plain', 'user-agent': 'Mozilla/5.0' }
  return made
}

function intakeWith(take: () => number | Promise<number>): Intake {
  const append: Store['append'] = async (deliveries) => ({
    verdicts: deliveries.map(() => 'stored'),
    beacons: deliveries.length,
    problems: {},
  })
  const intake = new Intake({
    store: { append } as Store,
    limiter: { take, close: () => {} },
    cors: [],
    trustProxy: false,
    now: Date.now,
    failed: () => {},
  })
  onTestFinished(() => intake.close())
  return intake
}

async function send(intake: Intake, sent: IncomingMessage): Promise<number> {
  const response = new ServerResponse(sent)
  const answered = new Promise<number>((resolve) => {
    response.end = () => {
      resolve(response.statusCode)
      return response
    }
  })
  intake.handle(sent, response)
  sent.push(JSON.stringify(beacon()))
  sent.push(null)
  return answered
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('Intake', () => {
  it('has room for those who stay, however many go away while the limiter is asked', async () => {
    const decided = Promise.withResolvers<number>()
    let waits: number | Promise<number> = decided.promise
    const intake = intakeWith(() => waits)
    for (let gone = 0; gone < 6000; gone++) {
      const one = request()
      intake.handle(one, new ServerResponse(one))
      one.destroy()
    }
    await nextTurn()
    decided.resolve(0)
    await nextTurn()
    waits = 0
    expect(await send(intake, request())).toBe(204)
  })
})
