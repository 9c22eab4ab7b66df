import { Button } from '@fluentui/react-components'
import { HeartFilled, HeartRegular } from '@fluentui/react-icons/svg/heart'
import type { Photo } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'

export function FavouriteButton({ photo }: { photo: Photo }) {
  const save = useSave({
    send: (favourite: boolean) => api.patch<Photo>(`/photos/${photo.id}`, { favourite }),
    refreshes: ['photos', 'projects', 'activity'],
  })
  return (
    <Button
      appearance="transparent"
      icon={photo.favourite ? <HeartFilled color="var(--lumen-accent)" /> : <HeartRegular />}
      aria-label={`${photo.title}: favourite`}
      aria-pressed={photo.favourite}
      disabled={save.isPending}
      onClick={() => save.mutate(!photo.favourite)}
    />
  )
}
