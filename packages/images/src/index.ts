export type { ImageLimitsOptions, ImagesOptions, OnImageError } from './options.ts'
export type { PictureImage, PictureSource } from './picture-image.ts'
export { images } from './plugin.ts'
export type { ImagesReport, ReportedImage, ReportedVariant } from './images-report.ts'
