import type { ApiFailure } from '../../shared/api.ts'

/** The API answered and said no. `status` 0 stands for no answer at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** @throws ApiError with a sentence that can be shown to the user */
async function request<Answer>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const init: RequestInit = { method, ...(signal && { signal }) }
  if (body !== undefined)
    Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const response = await fetch(`/api${path}`, init).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiError(0, 'The studio cannot be reached. Check the connection and try again.', { cause: error })
  })
  if (!response.ok) {
    const failure = (await response.json().catch(() => null)) as ApiFailure | null
    throw new ApiError(response.status, failure?.message ?? `The studio answered ${response.status}. Try again.`)
  }
  return (response.status === 204 ? undefined : await response.json()) as Answer
}

export const api = {
  get: <Answer>(path: string, signal?: AbortSignal): Promise<Answer> => request('GET', path, undefined, signal),
  post: <Answer>(path: string, body: unknown): Promise<Answer> => request('POST', path, body),
  put: <Answer>(path: string, body: unknown): Promise<Answer> => request('PUT', path, body),
  patch: <Answer>(path: string, body: unknown): Promise<Answer> => request('PATCH', path, body),
  delete: (path: string): Promise<void> => request('DELETE', path),
}
