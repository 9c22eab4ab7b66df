/**
 * Types of `import photo from './photo.jpg?picture'`. Add them once, with
 * `/// <reference types="@paceline/images/types" />` or in `compilerOptions.types`.
 */
declare module '*?picture' {
  const picture: import('@paceline/images').PictureImage
  export default picture
}
