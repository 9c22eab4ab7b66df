import type { PictureImage } from '@paceline/images/react'
import telephone from 'startbootstrap-clean-blog/dist/assets/img/contact-bg.jpg?picture'
import astronaut from 'startbootstrap-clean-blog/dist/assets/img/post-sample-image.jpg?picture'
import keepsakes from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/1.jpg?picture'
import notebooks from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/2.jpg?picture'
import cameras from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/3.jpg?picture'
import kitchen from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/4.jpg?picture'
import brushes from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/5.jpg?picture'
import tools from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/6.jpg?picture'
import valley from 'startbootstrap-grayscale/dist/assets/img/bg-masthead.jpg?picture'
import ridges from 'startbootstrap-grayscale/dist/assets/img/demo-image-01.jpg?picture'
import fog from 'startbootstrap-grayscale/dist/assets/img/demo-image-02.jpg?picture'
import phone from 'startbootstrap-landing-page/dist/assets/img/bg-showcase-1.jpg?picture'
import desk from 'startbootstrap-landing-page/dist/assets/img/bg-showcase-3.jpg?picture'

export interface PhotoFile {
  picture: PictureImage
  /** The npm package that it comes with. */
  source: string
}

const from = (source: string, files: Record<string, PictureImage>): Record<string, PhotoFile> =>
  Object.fromEntries(Object.entries(files).map(([key, picture]) => [key, { picture, source }]))

/** The photographs that come with the app, by the key that the API knows them by. */
export const PHOTO_FILES: Readonly<Record<string, PhotoFile>> = {
  ...from('startbootstrap-creative', { keepsakes, notebooks, cameras, kitchen, brushes, tools }),
  ...from('startbootstrap-grayscale', { valley, ridges, fog }),
  ...from('startbootstrap-landing-page', { phone, desk }),
  ...from('startbootstrap-clean-blog', { telephone, astronaut }),
}
