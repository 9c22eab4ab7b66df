import telephone from 'startbootstrap-clean-blog/dist/assets/img/contact-bg.jpg'
import astronaut from 'startbootstrap-clean-blog/dist/assets/img/post-sample-image.jpg'
import keepsakes from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/1.jpg'
import notebooks from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/2.jpg'
import cameras from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/3.jpg'
import kitchen from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/4.jpg'
import brushes from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/5.jpg'
import tools from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/6.jpg'
import valley from 'startbootstrap-grayscale/dist/assets/img/bg-masthead.jpg'
import ridges from 'startbootstrap-grayscale/dist/assets/img/demo-image-01.jpg'
import fog from 'startbootstrap-grayscale/dist/assets/img/demo-image-02.jpg'
import phone from 'startbootstrap-landing-page/dist/assets/img/bg-showcase-1.jpg'
import desk from 'startbootstrap-landing-page/dist/assets/img/bg-showcase-3.jpg'

export interface PhotoFile {
  url: string
  /** The npm package that it comes with. */
  source: string
}

const from = (source: string, files: Record<string, string>): Record<string, PhotoFile> =>
  Object.fromEntries(Object.entries(files).map(([key, url]) => [key, { url, source }]))

/** The photographs that come with the app, by the key that the API knows them by. */
export const PHOTO_FILES: Readonly<Record<string, PhotoFile>> = {
  ...from('startbootstrap-creative', { keepsakes, notebooks, cameras, kitchen, brushes, tools }),
  ...from('startbootstrap-grayscale', { valley, ridges, fog }),
  ...from('startbootstrap-landing-page', { phone, desk }),
  ...from('startbootstrap-clean-blog', { telephone, astronaut }),
}
