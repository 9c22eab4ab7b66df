import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { digestOf, readVerified, storable } from './read-verified.ts'

const text = 'console.log(1)'
const digest = createHash('sha256').update(text).digest().subarray(0, 8).toString('base64url')
const url = 'assets/index-12345678.js'
const answer = (body: BodyInit | null, status = 200, type = 'text/javascript'): Response =>
  new Response(body, { status, headers: { 'content-type': type } })

test('finds the hash that Node finds', async () => {
  expect(await digestOf(new TextEncoder().encode(text).buffer)).toBe(digest)
})

test('gives a body that is what was built', async () => {
  const body = await readVerified(answer(text), { url, digest, bytes: text.length })
  expect(new TextDecoder().decode(body)).toBe(text)
})

const broken = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) })

test.each<[string, Response]>([
  ['status', answer(text, 500)],
  ['status', answer(text, 206)],
  ['status', answer(null, 204)],
  ['html', answer('<h1>Log in</h1>', 200, 'text/html; charset=utf-8')],
  ['length', answer(text.slice(0, 4))],
  ['length', answer('')],
  ['hash', answer(text.replace('1', '2'))],
  ['network', answer(broken)],
])('refuses for %s', async (reason, response) => {
  await expect(readVerified(response, { url, digest, bytes: text.length })).rejects.toMatchObject({ reason, url })
})

test('does not take the page of another release for that of a portal', async () => {
  const response = answer('<h1>another</h1>', 200, 'text/html')
  const refused = readVerified(response, { url: 'index.html', digest, bytes: 16 })
  await expect(refused).rejects.toMatchObject({ reason: 'hash' })
})

test('keeps no header of the transfer', () => {
  const response = new Response('', {
    headers: { 'content-encoding': 'br', 'content-length': '3', 'content-type': 'text/css', etag: 'x' },
  })
  const { headers } = storable(new ArrayBuffer(10), response)
  expect(Object.fromEntries(headers)).toEqual({ 'content-length': '10', 'content-type': 'text/css', etag: 'x' })
})
