import { expect, test } from 'vitest'
import { isFromBetween, outcomeOf, retryAfter } from './answers.ts'

const change = (accept = '*/*'): Request =>
  new Request('https://app.example/api/notes', { method: 'POST', body: '{}', headers: { accept } })
const answer = (status: number, type = 'application/json'): Response =>
  new Response(null, { status, headers: { 'content-type': type } })

function redirectedTo(url: string, response = answer(200)): Response {
  return Object.defineProperties(response, { redirected: { value: true }, url: { value: url } })
}

test.each([
  [200, 'taken'],
  [201, 'taken'],
  [204, 'taken'],
  [304, 'taken'],
  [400, 'refused'],
  [401, 'refused'],
  [404, 'refused'],
  [409, 'refused'],
  [422, 'refused'],
  [408, 'unanswered'],
  [425, 'unanswered'],
  [429, 'unanswered'],
  [500, 'unanswered'],
  [503, 'unanswered'],
  [511, 'unanswered'],
])('an answer of %i: %s', (status, outcome) => {
  expect(outcomeOf(change(), answer(status))).toBe(outcome)
})

test('a page is no answer to who did not ask for one', () => {
  const page = answer(200, 'text/html; charset=utf-8')
  expect(outcomeOf(change(), page)).toBe('unanswered')
  expect(outcomeOf(change('text/html, */*'), page)).toBe('taken')
})

test.each([401, 403, 404, 413, 500, 502, 503])('a refusal of %i is one of the server, also by a page', (status) => {
  expect(isFromBetween(change(), answer(status, 'text/html'))).toBe(false)
  expect(outcomeOf(change(), answer(status, 'text/html'))).toBe(status < 500 ? 'refused' : 'unanswered')
})

test('the status of captive portals is none of the server', () => {
  expect(isFromBetween(change(), answer(511, 'text/html'))).toBe(true)
})

test('an answer from another origin is none, whatever it says', () => {
  expect(isFromBetween(change(), redirectedTo('https://portal.example/login'))).toBe(true)
  expect(outcomeOf(change(), redirectedTo('https://portal.example/login', answer(404)))).toBe('unanswered')
})

test('an answer of the own origin is one, also the page that a change leads to', () => {
  expect(isFromBetween(change(), redirectedTo('https://app.example/api/notes/1'))).toBe(false)
  expect(outcomeOf(change(), redirectedTo('https://app.example/notes/1', answer(200, 'text/html')))).toBe('taken')
})

test('reads how long a server wants to be left alone', () => {
  const asking = (value: string): number => retryAfter(new Response(null, { headers: { 'retry-after': value } }))
  expect(asking('120')).toBe(120_000)
  const inAMinute = asking(new Date(Date.now() + 60_000).toUTCString())
  expect(inAMinute).toBeGreaterThan(50_000)
  expect(inAMinute).toBeLessThanOrEqual(60_000)
  expect(asking('Wed, 21 Oct 2015 07:28:00 GMT')).toBe(0)
  expect(asking('soon')).toBe(0)
  expect(retryAfter(new Response())).toBe(0)
})
