import { Button } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { notify } from '../../app/notices.ts'

const PARTS = ['projects', 'photos', 'notes', 'team', 'integrations']

/** Reads everything that belongs to the user and hands it over as one file. */
export function ExportButton() {
  const download = useMutation({
    mutationFn: async () => {
      const answers = await Promise.all(PARTS.map((part) => api.get<unknown>(`/${part}`)))
      return JSON.stringify(Object.fromEntries(PARTS.map((part, index) => [part, answers[index]])), null, 2)
    },
    onSuccess: (text) => {
      const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
      const link = Object.assign(document.createElement('a'), { href: url, download: 'lumen.json' })
      link.click()
      URL.revokeObjectURL(url)
      notify('Your data is in your downloads.')
    },
    onError: (error) => notify(error.message, 'problem'),
  })
  return (
    <Button disabled={download.isPending} onClick={() => download.mutate()}>
      Download my data
    </Button>
  )
}
