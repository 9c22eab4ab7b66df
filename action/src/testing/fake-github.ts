import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Repository } from '../github.ts'

export interface FakeGithub extends AsyncDisposable {
  readonly repository: Repository
  /** Bodies of the comments of pull request 7, oldest first. */
  readonly comments: string[]
}

/**
 * Answers as GitHub's API does for comments of pull request 7 of `team/app`, whose head is `abc`.
 * https://docs.github.com/en/rest/issues/comments
 *
 * @param refuses Answers 403 to whoever writes, as it does to the token of a fork.
 */
export async function fakeGithub({
  comments = [],
  refuses = false,
}: { comments?: string[]; refuses?: boolean } = {}): Promise<FakeGithub> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '' } = request
    const body = (): string => (JSON.parse(Buffer.concat(chunks).toString()) as { body: string }).body
    const answer = (status: number, value: unknown): unknown => response.writeHead(status).end(JSON.stringify(value))
    const one = (index: number): object => ({
      id: index + 1,
      body: comments[index],
      html_url: `https://comment/${index + 1}`,
    })
    if (request.headers.authorization !== 'Bearer secret') return answer(401, { message: 'Bad credentials' })
    if (method !== 'GET' && refuses) return answer(403, { message: 'Resource not accessible by integration' })
    if (url === '/repos/team/app/pulls/7') return answer(200, { head: { sha: 'abc' } })
    const page = /^\/repos\/team\/app\/issues\/7\/comments\?per_page=100&page=(\d+)$/.exec(url)?.[1]
    if (method === 'GET' && page !== undefined) {
      const all = comments.map((_, index) => one(index))
      return answer(200, all.slice(Number(page) * 100 - 100, Number(page) * 100))
    }
    if (method === 'POST' && url === '/repos/team/app/issues/7/comments') {
      comments.push(body())
      return answer(201, one(comments.length - 1))
    }
    const id = /^\/repos\/team\/app\/issues\/comments\/(\d+)$/.exec(url)?.[1]
    if (method === 'PATCH' && id !== undefined) {
      comments[Number(id) - 1] = body()
      return answer(200, one(Number(id) - 1))
    }
    return answer(404, { message: 'Not Found' })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    repository: { api: `http://127.0.0.1:${port}`, name: 'team/app', token: 'secret' },
    comments,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}
