import { expect, test } from 'vitest'
import { askForFile, isReachable, type Whereabouts } from './ask-for-file.ts'

const FILE = '/assets/photos-a1b2c3d4.js'

/** A server that answers by path, and not at all for the rest. */
const server =
  (answers: Readonly<Record<string, readonly [status: number, type: string]>>) =>
  async (url: string): Promise<Response> => {
    const answer = answers[url]
    if (!answer) throw new TypeError('Failed to fetch')
    return new Response(null, { status: answer[0], headers: { 'content-type': answer[1] } })
  }
const script = [200, 'text/javascript'] as const
const page = [200, 'text/html; charset=utf-8'] as const

test.each<[string, Parameters<typeof server>[0], Whereabouts]>([
  ['404', { [FILE]: [404, 'text/plain'], '/sw.js': script }, 'gone'],
  ['410', { [FILE]: [410, 'text/plain'], '/sw.js': script }, 'gone'],
  ['its page in place of a script', { [FILE]: page, '/sw.js': script }, 'gone'],
  ['the page of a captive portal for everything', { [FILE]: page, '/sw.js': page }, 'unreachable'],
  ['500', { [FILE]: [500, 'text/html'], '/sw.js': script }, 'unreachable'],
  ['503', { [FILE]: [503, 'text/plain'], '/sw.js': script }, 'unreachable'],
  ['nothing', {}, 'unreachable'],
  ['the script', { [FILE]: script, '/sw.js': script }, 'there'],
])('when the server answers %s', async (_answer, answers, expected) => {
  expect(await askForFile(FILE, '/sw.js', server(answers))).toBe(expected)
})

test('a server is reachable when the worker comes as a script', async () => {
  expect(await isReachable('/sw.js', server({ '/sw.js': script }))).toBe(true)
  expect(await isReachable('/sw.js', server({ '/sw.js': page }))).toBe(false)
  expect(await isReachable('/sw.js', server({}))).toBe(false)
})
