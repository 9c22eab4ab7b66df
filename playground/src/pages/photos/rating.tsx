import { StarFilled, StarRegular } from '@fluentui/react-icons/svg/star'
import type { Photo } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import styles from './rating.module.css'

const STARS = [1, 2, 3, 4, 5]

/** Radio buttons in the shape of stars; while one is being saved, it already shows. */
export function Rating({ photo }: { photo: Photo }) {
  const save = useSave({
    send: (rating: number) => api.patch<Photo>(`/photos/${photo.id}`, { rating }),
    refreshes: ['photos', 'activity'],
  })
  const shown = save.isPending ? save.variables : photo.rating
  return (
    <fieldset className={styles.rating}>
      <legend className="visually-hidden">Rating</legend>
      {STARS.map((star) => (
        <label key={star} className={styles.star}>
          <input
            type="radio"
            name="rating"
            value={star}
            checked={shown === star}
            aria-label={star === 1 ? '1 star' : `${star} stars`}
            onChange={() => save.mutate(star)}
          />
          {star <= shown ? <StarFilled fontSize={26} /> : <StarRegular fontSize={26} />}
        </label>
      ))}
    </fieldset>
  )
}
