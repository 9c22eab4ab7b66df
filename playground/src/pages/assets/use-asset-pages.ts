import { useQueries } from '@tanstack/react-query'
import type { Asset, AssetPage } from '../../../shared/api.ts'
import { read, search } from '../../api/queries.ts'
import type { Sorting } from './assets-page.tsx'

const PAGE_SIZE = 200

export interface AssetFilter {
  q: string
  kind: string
  status: string
}

interface AssetPages {
  total: number
  pending: boolean
  error: Error | null
  retry: () => void
  /** The asset in a row, once its page is here. */
  row: (index: number) => Asset | undefined
}

/** Reads the pages that the rows in view lie on, and the first one for the count. */
export function useAssetPages(filter: AssetFilter, sorting: Sorting, rows: readonly number[]): AssetPages {
  const numbers = [...new Set([0, ...rows.map((row) => Math.floor(row / PAGE_SIZE))])].sort((a, b) => a - b)
  const queries = useQueries({
    queries: numbers.map((number) =>
      read<AssetPage>(`/assets${search({ ...filter, ...sorting, offset: number * PAGE_SIZE, limit: PAGE_SIZE })}`),
    ),
  })
  const pages = new Map(numbers.map((number, index) => [number, queries[index]?.data]))
  return {
    total: queries[0]?.data?.total ?? 0,
    pending: queries[0]?.isPending ?? true,
    error: queries.find((query) => query.error)?.error ?? null,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch()
    },
    row: (index) => pages.get(Math.floor(index / PAGE_SIZE))?.rows[index % PAGE_SIZE],
  }
}
