import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

/**
 * One read of the API. Its path is its key, cut at the slashes, so that invalidating `['projects']` reaches the list
 * and every single project.
 */
export function read<Answer>(path: string) {
  const [segments, search] = path.split('?') as [string, string | undefined]
  return queryOptions({
    queryKey: [...segments.split('/').slice(1), ...(search ? [search] : [])],
    queryFn: ({ signal }) => api.get<Answer>(path, signal),
  })
}

/** Values that are there, as a query string with its question mark; nothing when none is. */
export function search(values: Record<string, string | number | undefined>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') parameters.set(key, String(value))
  }
  return parameters.size === 0 ? '' : `?${parameters}`
}
