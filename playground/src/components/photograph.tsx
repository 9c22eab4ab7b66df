import { Picture } from '@paceline/images/react'
import type { Photo } from '../../shared/api.ts'
import { PHOTO_FILES } from '../photos/photo-files.ts'

interface PhotographProps {
  photo: Pick<Photo, 'file' | 'caption'>
  /** How wide it is shown, as CSS. */
  sizes: string
  className?: string | undefined
  /** The one that people came to see: asked for at once and before the others. */
  priority?: boolean
}

export function Photograph({ photo, ...rest }: PhotographProps) {
  const file = PHOTO_FILES[photo.file]
  return file && <Picture image={file.picture} alt={photo.caption} {...rest} />
}
