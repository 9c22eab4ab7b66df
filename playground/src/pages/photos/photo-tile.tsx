import { Link } from 'react-router'
import type { Photo } from '../../../shared/api.ts'
import { Photograph } from '../../components/photograph.tsx'
import { FavouriteButton } from './favourite-button.tsx'
import styles from './photo-tile.module.css'

export function PhotoTile({ photo, priority }: { photo: Photo; priority: boolean }) {
  const ratio = photo.width / photo.height
  return (
    <li className={styles.tile} style={{ '--ratio': ratio }}>
      <Link to={`/photos/${photo.id}`} className={styles.link}>
        <Photograph photo={photo} className={styles.image} sizes={sizesOf(ratio)} priority={priority} />
        <span className={styles.title}>{photo.title}</span>
      </Link>
      <div className={styles.favourite}>
        <FavouriteButton photo={photo} />
      </div>
    </li>
  )
}

/** What a picture gets depends on its neighbours: rows are at most 340 px high, and on a narrow screen one has a row for itself. */
function sizesOf(ratio: number): string {
  return `auto, min(100vw - 32px, ${Math.round(ratio * 340)}px)`
}
