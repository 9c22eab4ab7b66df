import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { notify } from '../app/notices.ts'

interface SaveOptions<Input, Answer> {
  send: (input: Input) => Promise<Answer>
  /** First segments of what is read anew afterwards: `['projects', 'dashboard']`. */
  refreshes: readonly string[]
  /** What the user is told when it worked; nothing when the page shows it anyway. */
  done?: string
  onDone?: (answer: Answer, input: Input) => void
}

/** Sends a change, then reads anew what it touched, and says how it went. */
export function useSave<Input = void, Answer = unknown>({
  send,
  refreshes,
  done,
  onDone,
}: SaveOptions<Input, Answer>): UseMutationResult<Answer, Error, Input> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: async (answer, input) => {
      if (done) notify(done)
      onDone?.(answer, input)
      await Promise.all(refreshes.map((segment) => client.invalidateQueries({ queryKey: [segment] })))
    },
    onError: (error) => notify(error.message, 'problem'),
  })
}
