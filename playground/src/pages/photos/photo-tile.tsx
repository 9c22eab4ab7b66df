import { Link } from 'react-router'
import type { Photo } from '../../../shared/api.ts'
import { Photograph } from '../../components/photograph.tsx'
import { FavouriteButton } from './favourite-button.tsx'
import styles from './photo-tile.module.css'

interface PhotoTileProps {
  photo: Photo
  /** How wide it is, CSS pixels, where it stands in the first row. */
  firstRow: number | undefined
}

export function PhotoTile({ photo, firstRow }: PhotoTileProps) {
  const ratio = photo.width / photo.height
  return (
    <li className={styles.tile} style={{ '--ratio': ratio }}>
      <Link to={`/photos/${photo.id}`} className={styles.link}>
        <Photograph
          photo={photo}
          className={styles.image}
          sizes={firstRow === undefined ? `auto, ${sizesOf(ratio)}` : firstRowSizes(firstRow, ratio)}
          priority={firstRow !== undefined}
        />
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
  return `min(100vw - 32px, ${Math.round(ratio * 340)}px)`
}

/** Pictures with priority cannot wait for the layout: the width counts for as long as the window is as wide as now. */
function firstRowSizes(width: number, ratio: number): string {
  return `(width: ${window.innerWidth}px) ${width}px, ${sizesOf(ratio)}`
}
