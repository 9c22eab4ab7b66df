import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { Photo } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Segments } from '../../components/segments.tsx'
import { firstRow } from './first-row.ts'
import styles from './photos-page.module.css'
import { PhotoTile } from './photo-tile.tsx'

const ALL = 'All'
const FAVOURITES = 'Favourites'

function PhotosPage() {
  const [parameters, setParameters] = useSearchParams()
  const chosen = parameters.get('album') ?? ALL
  const query = useQuery(read<Photo[]>('/photos'))
  const albums = [...new Set(query.data?.map((photo) => photo.album))].sort()
  const isShown = (photo: Photo): boolean =>
    chosen === ALL || (chosen === FAVOURITES ? photo.favourite : photo.album === chosen)
  const filter = useRef<HTMLDivElement>(null)
  // What stands above the gallery is as wide, and is there before the photographs are known.
  const rowOf = (photos: readonly Photo[]): readonly number[] =>
    firstRow(
      photos.map(({ width, height }) => width / height),
      filter.current?.clientWidth ?? window.innerWidth,
    )
  return (
    <>
      <PageHeader title="Photographs" description="The selects of every shoot, newest first." />
      <div ref={filter} className={styles.filter}>
        <Segments
          label="Album"
          value={chosen}
          options={[ALL, FAVOURITES, ...albums].map((value) => ({ value, label: value }))}
          onChange={(album) => setParameters(album === ALL ? {} : { album }, { replace: true })}
        />
      </div>
      <QueryView
        query={query}
        label="Loading photographs"
        isEmpty={(photos) => !photos.some(isShown)}
        empty={
          <EmptyState title="No photograph here">
            Mark one with the heart, and it is kept in your favourites.
          </EmptyState>
        }
      >
        {(photos) => {
          const seen = photos.filter(isShown)
          const first = rowOf(seen)
          return (
            <ul className={styles.gallery}>
              {seen.map((photo, index) => (
                <PhotoTile key={photo.id} photo={photo} firstRow={first[index]} />
              ))}
            </ul>
          )
        }}
      </QueryView>
    </>
  )
}

export { PhotosPage as Component }
