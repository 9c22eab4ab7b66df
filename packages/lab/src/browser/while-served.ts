import { labError } from '../errors.ts'
import type { OpenPage } from './open-page.ts'
import { isMissing } from './requests.ts'

const ANSWER_MS = 5000

/**
 * Visits a page of a server that has to outlast the visit: without what it could not have any more a page is quicker than it is.
 *
 * @throws `PACELINE_LAB_SERVER_GONE` when something of its site failed and nobody listens there any more; else what the visit throws
 */
export async function whileServed<Result>(
  opened: OpenPage,
  url: string,
  visit: () => Promise<Result>,
): Promise<Result> {
  const [seen] = await Promise.allSettled([visit()])
  const missing = await missingOfServer(opened, url)
  const cause: unknown = seen.status === 'rejected' ? seen.reason : undefined
  if (missing !== undefined) throw labError('PACELINE_LAB_SERVER_GONE', [url, missing], { cause })
  if (seen.status === 'rejected') throw cause
  return seen.value
}

/** The first request that failed, when the server is gone: one alone may fail for other reasons. */
async function missingOfServer({ page, requests }: OpenPage, url: string): Promise<string | undefined> {
  const { origin } = new URL(url)
  const failed = requests
    .since(0)
    // A document that never began to come is an address that cannot be opened.
    .filter(({ kind, status }) => kind !== 'document' || status !== undefined)
    .find((one) => isMissing(one) && new URL(one.url).origin === origin)
  if (failed === undefined) return undefined
  const isGone = await page.request
    .head(url, { timeout: ANSWER_MS, maxRedirects: 0 })
    .then(() => false)
    .catch((cause: unknown) => String(cause).includes('ECONNREFUSED'))
  return isGone ? `${failed.failed} for ${failed.url}` : undefined
}
