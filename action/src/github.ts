/** Where comments are written. */
export interface Repository {
  /** `https://api.github.com`, or that of an own server. */
  readonly api: string
  /** `owner/name` */
  readonly name: string
  readonly token: string
}

/** GitHub answered with something else than was asked for. */
export class GithubError extends Error {
  override readonly name = 'GithubError'
  readonly status: number

  constructor(status: number, request: string, body: string) {
    super(`GitHub answered ${status} to ${request}: ${body.slice(0, 300)}`)
    this.status = status
  }

  /** Whether the token may not do this: 403, or 404 where GitHub does not even say that something is there. */
  get isRefusal(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404
  }
}

interface Comment {
  readonly id: number
  readonly body?: string
  readonly html_url: string
}

/** Comments of one page, which is the most that GitHub sends. */
const PER_PAGE = 100

/**
 * Writes a comment on a pull request, or replaces the one that is there: the first whose first line is the same, an invisible
 * marker.
 *
 * @returns its address
 * @throws {GithubError}
 */
export async function upsertComment(repository: Repository, pull: number, body: string): Promise<string> {
  const marker = firstLine(body)
  const old = await findComment(repository, pull, marker)
  const written =
    old === undefined
      ? await request<Comment>(repository, 'POST', `issues/${pull}/comments`, { body })
      : await request<Comment>(repository, 'PATCH', `issues/comments/${old.id}`, { body })
  return written.html_url
}

async function findComment(repository: Repository, pull: number, marker: string): Promise<Comment | undefined> {
  for (let page = 1; ; page++) {
    const path = `issues/${pull}/comments?per_page=${PER_PAGE}&page=${page}`
    const comments = await request<Comment[]>(repository, 'GET', path)
    const found = comments.find(({ body = '' }) => firstLine(body) === marker)
    if (found !== undefined || comments.length < PER_PAGE) return found
  }
}

/**
 * The commit that a pull request is at.
 *
 * @throws {GithubError}
 */
export async function headOf(repository: Repository, pull: number): Promise<string> {
  const { head } = await request<{ head: { sha: string } }>(repository, 'GET', `pulls/${pull}`)
  return head.sha
}

async function request<T>({ api, name, token }: Repository, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${api}/repos/${name}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
      'user-agent': 'paceline',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  if (!response.ok) throw new GithubError(response.status, `${method} ${path}`, text)
  return JSON.parse(text) as T
}

/** GitHub keeps `\r\n` where somebody has edited a comment in the browser. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.trim()
}
