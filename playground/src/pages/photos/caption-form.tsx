import { Button, Field, Textarea } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { Photo } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import styles from './caption-form.module.css'

export function CaptionForm({ photo }: { photo: Photo }) {
  const [caption, setCaption] = useState(photo.caption)
  const save = useSave({
    send: (text: string) => api.patch<Photo>(`/photos/${photo.id}`, { caption: text }),
    refreshes: ['photos', 'activity'],
    done: 'The caption is saved.',
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(caption)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label="Caption" hint="Also read out to people who cannot see the picture.">
        <Textarea rows={4} maxLength={400} value={caption} onChange={(_event, { value }) => setCaption(value)} />
      </Field>
      <Button type="submit" disabled={caption === photo.caption || save.isPending}>
        Save the caption
      </Button>
    </form>
  )
}
