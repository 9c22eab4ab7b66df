import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  version,
  type ForwardRefExoticComponent,
  type ImgHTMLAttributes,
  type RefAttributes,
} from 'react'
import type { PictureImage } from '../../src/picture-image.ts'
import { placeholderStyle } from '../placeholder/placeholder-style.ts'

type Omitted = 'src' | 'srcSet' | 'width' | 'height' | 'loading' | 'fetchPriority' | 'alt'

/** Everything else is an attribute of the `<img>`, which the `ref` is of, too. */
export interface PictureProps extends Omit<ImgHTMLAttributes<HTMLImageElement>, Omitted> {
  /** What `import photo from './photo.jpg?picture'` gives. */
  readonly image: PictureImage
  /** What the picture shows, in words; `''` for decoration. */
  readonly alt: string
  /**
   * How wide the picture is shown, as CSS: `(min-width: 800px) 50vw, 100vw`. Browsers choose the file by it before they know the layout.
   * With `auto` in front (`auto, 50vw`), those that can (Chromium) look at the layout, unless the picture has priority.
   *
   * @default '100vw'
   */
  readonly sizes?: string | undefined
  /**
   * Whether it is seen first: loaded at once and before others. At most one or two pictures of a page are; the rest are loaded when they are
   * scrolled near.
   *
   * @default false
   */
  readonly priority?: boolean | undefined
}

/** React 18 passes attributes that it does not know as they are written, and warns of this one in camel case. */
const FETCH_PRIORITY = Number.parseInt(version, 10) >= 19 ? 'fetchPriority' : 'fetchpriority'

/**
 * A picture in the best format and width that a browser knows, in a place of its own from the start: nothing moves when it arrives. Its
 * placeholder is behind it until then. Works without JavaScript, and on a server.
 */
export const Picture: ForwardRefExoticComponent<PictureProps & RefAttributes<HTMLImageElement>> = forwardRef<
  HTMLImageElement,
  PictureProps
>(function Picture({ image, sizes = '100vw', priority = false, style, alt, onLoad, onError, ...attributes }, ref) {
  const { src, width, height, sources, placeholder } = image
  const element = useRef<HTMLImageElement>(null)
  useImperativeHandle(ref, () => element.current!, [])
  const [settled, setSettled] = useState<string>()
  // A picture of the server's HTML may be there before React is, and its event is gone.
  useEffect(() => {
    if (element.current?.complete) setSettled(src)
  }, [src])
  const standIn = useMemo(() => (placeholder === undefined ? undefined : placeholderStyle(placeholder)), [placeholder])
  const urgency = priority ? { [FETCH_PRIORITY]: 'high' } : {}
  return (
    <picture>
      {sources.map(({ type, srcset }) => (
        <source key={type} type={type} srcSet={srcset} sizes={sizes} />
      ))}
      <img
        decoding={priority ? 'auto' : 'async'}
        {...attributes}
        {...urgency}
        // Before `src`: browsers act on attributes in the order in which they are set.
        loading={priority ? 'eager' : 'lazy'}
        // What allows `auto` in the sources; ignored by browsers that do not know it.
        {...(!priority && sizes.startsWith('auto') && { sizes })}
        ref={element}
        src={src}
        width={width || undefined}
        height={height || undefined}
        alt={alt}
        style={settled === src ? style : { ...standIn, ...style }}
        onLoad={(event) => {
          setSettled(src)
          onLoad?.(event)
        }}
        onError={(event) => {
          setSettled(src)
          onError?.(event)
        }}
      />
    </picture>
  )
})
