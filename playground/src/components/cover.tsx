import { Picture } from '@paceline/images/react'
import { PHOTO_FILES } from '../photos/photo-files.ts'

export interface CoverProps {
  /** Key of the photograph. */
  file: string
  /** How wide it is shown, as CSS; what `object-fit` cuts off counts. */
  sizes: string
  priority?: boolean
}

/** The photograph that stands for a project, whose name is beside it. */
export function Cover({ file, ...rest }: CoverProps) {
  const found = PHOTO_FILES[file]
  return found && <Picture image={found.picture} alt="" {...rest} />
}
