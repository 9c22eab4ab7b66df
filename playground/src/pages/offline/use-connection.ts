import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { read } from '../../api/queries.ts'

export type Connection = 'online' | 'unreachable' | 'offline' | 'asking'

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Whether the studio can be reached. What the browser says is a hint; only an answer is proof. */
export function useConnection(): { state: Connection; check: () => void } {
  const connected = useSyncExternalStore(subscribe, () => navigator.onLine)
  const { data, isError, isFetching, refetch } = useQuery({
    ...read<{ status: string }>('/health'),
    retry: false,
    refetchInterval: 15_000,
    networkMode: 'always',
    staleTime: 0,
  })
  const state = !connected
    ? 'offline'
    : isError
      ? 'unreachable'
      : data
        ? 'online'
        : isFetching
          ? 'asking'
          : 'unreachable'
  return { state, check: () => void refetch() }
}
