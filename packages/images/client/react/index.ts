export type { PictureImage, PictureSource } from '../../src/picture-image.ts'
export { Picture } from './picture.tsx'
export type { PictureProps } from './picture.tsx'
