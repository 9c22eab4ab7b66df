import { realpath } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { smallSite, smallSiteOptions, writeDelivery } from '../../testing/delivery-fixture.ts'
import { createFileStore, type FileStore } from '../adapters/file-store.ts'
import { contentStream } from '../node/send-answer.ts'
import { prepareSite } from '../site/site.ts'
import type { FileContent } from './answer.ts'
import { createResponder } from './responder.ts'

it('sends the file that it has opened, and so closes it, though the bytes come into memory meanwhile', async () => {
  const { dir, manifest } = await writeDelivery(smallSite, smallSiteOptions)
  const files = createFileStore({ root: await realpath(dir), memory: 0, recheck: 60_000, warn: () => {} })
  const store: FileStore = {
    ...files,
    async open(form) {
      const opened = await files.open(form)
      // What another request has read.
      form.body = Buffer.from('other bytes')
      return opened
    },
  }
  const respond = createResponder({ site: prepareSite(manifest), store, now: () => 0, serverTiming: true })
  const answer = await respond({ method: 'GET', url: '/robots.txt', headers: {} })
  const { handle, parts, length } = answer!.content as FileContent
  expect(await text(contentStream({ handle, parts, length }))).toBe(String(smallSite['robots.txt']!.content))
  // Closed.
  await expect.poll(() => handle.fd).toBe(-1)
  expect(answer!.headers.join()).toContain('server-timing,disk')
  expect(answer!.head).toBeUndefined()
})
