import { Link } from 'react-router'
import type { Photo } from '../../../shared/api.ts'
import { Photograph } from '../../components/photograph.tsx'
import { FavouriteButton } from './favourite-button.tsx'
import styles from './photo-tile.module.css'

export function PhotoTile({ photo, priority }: { photo: Photo; priority: boolean }) {
  return (
    <li className={styles.tile} style={{ '--ratio': photo.width / photo.height }}>
      <Link to={`/photos/${photo.id}`} className={styles.link}>
        <Photograph photo={photo} className={styles.image} priority={priority} />
        <span className={styles.title}>{photo.title}</span>
      </Link>
      <div className={styles.favourite}>
        <FavouriteButton photo={photo} />
      </div>
    </li>
  )
}
