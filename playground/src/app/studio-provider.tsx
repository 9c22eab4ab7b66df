import { FluentProvider } from '@fluentui/react-components'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiError } from '../api/client.ts'
import { DARK, LIGHT, useDark } from './theme.ts'

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the API refuses it will refuse again; only a lost connection or a failing server is worth another try.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
})

/** The page's own stylesheet sets these; Fluent would set a fixed line height for every size of text. */
const PAGE_TEXT = { background: 'transparent', color: 'inherit', fontSize: 'inherit', lineHeight: 'inherit' }

export function StudioProvider({ children }: { children: ReactNode }) {
  const dark = useDark()
  return (
    <QueryClientProvider client={queryClient}>
      <FluentProvider theme={dark ? DARK : LIGHT} style={PAGE_TEXT}>
        {children}
      </FluentProvider>
    </QueryClientProvider>
  )
}
