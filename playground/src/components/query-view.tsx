import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import styles from './query-view.module.css'

interface QueryViewProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>
  /** What is being loaded, for the spinner: "Loading projects". */
  label: string
  /** Shown instead of the children when `isEmpty` says so. */
  empty?: ReactNode
  isEmpty?: (data: Data) => boolean
  children: (data: Data) => ReactNode
}

/** The states every read has: on its way, failed (with another try), empty, and there. */
export function QueryView<Data>({ query, label, empty, isEmpty, children }: QueryViewProps<Data>) {
  if (query.error) {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{query.error.message}</MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => void query.refetch()}>Try again</Button>
        </MessageBarActions>
      </MessageBar>
    )
  }
  if (query.data === undefined) return <Spinner className={styles.spinner} label={`${label}…`} labelPosition="below" />
  return isEmpty?.(query.data) ? empty : children(query.data)
}
