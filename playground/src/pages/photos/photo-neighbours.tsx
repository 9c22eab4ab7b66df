import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { useQuery } from '@tanstack/react-query'
import type { Photo } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { ButtonLink } from '../../components/button-link.tsx'

/** The photograph before and the one after, in the order of the gallery. */
export function PhotoNeighbours({ photoId }: { photoId: string }) {
  const { data: photos = [] } = useQuery(read<Photo[]>('/photos'))
  const position = photos.findIndex((photo) => photo.id === photoId)
  const before = photos[position - 1]
  const after = position < 0 ? undefined : photos[position + 1]
  return (
    <>
      {before && (
        <ButtonLink to={`/photos/${before.id}`} icon={<ChevronLeftRegular />}>
          Previous
        </ButtonLink>
      )}
      {after && (
        <ButtonLink to={`/photos/${after.id}`} icon={<ChevronRightRegular />}>
          Next
        </ButtonLink>
      )}
    </>
  )
}
