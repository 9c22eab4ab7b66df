import { useCallback, useEffect, useRef, type ReactNode } from 'react'
import { operation } from 'virtual:paceline/vitals'

/**
 * Times what a function does, until it is completed or fails. The function it gives stays the same as long as the name does.
 *
 * @param name the same for all of its kind, without ids
 * @example
 * const time = useOperation('save-note')
 * <button onClick={() => time(() => save(note))}>Save</button>
 */
export function useOperation(name: string): <Result>(run: () => Result | Promise<Result>) => Promise<Result> {
  return useCallback((run) => operation(name, run), [name])
}

export interface OperationProps {
  /** The same for all of its kind, without ids. */
  readonly name: string
  /** Whether people still wait: the operation begins when it becomes true, and is completed when it is so no more. */
  readonly pending: boolean
  /** Whether what they waited for failed. */
  readonly failed?: boolean
  readonly children?: ReactNode
}

/** Times a wait that the state of a component says. What is unmounted meanwhile is neither completed nor failed. */
export function Operation({ name, pending, failed = false, children }: OperationProps): ReactNode {
  const end = useRef<((ok: boolean) => void) | undefined>(undefined)
  useEffect(() => {
    if (pending && !end.current) {
      const { promise, resolve, reject } = withResolvers()
      end.current = (ok) => (ok ? resolve() : reject(new Error(name)))
      operation(name, () => promise).catch(() => {})
    } else if (!pending && end.current) {
      end.current(!failed)
      end.current = undefined
    }
  }, [name, pending, failed])
  return children
}

/** `Promise.withResolvers` is younger than some browsers. */
function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve = (): void => {}
  let reject = (_error: Error): void => {}
  const promise = new Promise<void>((done, fail) => {
    resolve = done
    reject = fail
  })
  return { promise, resolve, reject }
}
