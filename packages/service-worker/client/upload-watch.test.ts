import { expect, test } from 'vitest'
import { UploadWatch } from './upload-watch.ts'

test('knows that something is being sent until the browser says that it has ended', () => {
  const watch = new UploadWatch()
  watch.began('https://x.example/api', 1000)
  expect(watch.isSending(1500)).toBe(true)
  watch.ended('https://x.example/other', 1600)
  expect(watch.isSending(1700)).toBe(true)
  watch.ended('https://x.example/api', 1800)
  expect(watch.isSending(1900)).toBe(false)
})

test('is not deceived by an end that is told before the beginning', () => {
  const watch = new UploadWatch()
  watch.ended('https://x.example/api', 1010)
  watch.began('https://x.example/api', 1000)
  expect(watch.isSending(1100)).toBe(false)
})

test('counts each of two to the same address', () => {
  const watch = new UploadWatch()
  watch.began('/api', 1000)
  watch.began('/api', 1001)
  watch.ended('/api', 1500)
  expect(watch.isSending(1600)).toBe(true)
})

test('does not wait for ever', () => {
  const watch = new UploadWatch()
  watch.began('/api', 1)
  expect(watch.isSending(59 * 60_000)).toBe(true)
  expect(watch.isSending(61 * 60_000)).toBe(false)
})

test('waits for what a worker of the page sends, but not as long', () => {
  const watch = new UploadWatch()
  watch.ended('/api', 1)
  watch.began('/api', 1, true)
  expect(watch.isSending(4 * 60_000)).toBe(true)
  expect(watch.isSending(6 * 60_000)).toBe(false)
})
