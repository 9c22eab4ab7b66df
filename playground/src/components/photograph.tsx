import type { Photo } from '../../shared/api.ts'
import { PHOTO_FILES } from '../photos/photo-files.ts'

interface PhotographProps {
  photo: Pick<Photo, 'file' | 'caption' | 'width' | 'height'>
  className?: string | undefined
  /** The one that people came to see: asked for at once and before the others. */
  priority?: boolean
}

export function Photograph({ photo, className, priority = false }: PhotographProps) {
  const file = PHOTO_FILES[photo.file]
  return (
    <img
      src={file?.url}
      alt={photo.caption}
      width={photo.width}
      height={photo.height}
      className={className}
      loading={priority ? 'eager' : 'lazy'}
      decoding="async"
      {...(priority && { fetchPriority: 'high' as const })}
    />
  )
}
