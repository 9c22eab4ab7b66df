import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Variables that a component hands to its own stylesheet. */
    [variable: `--${string}`]: string | number | undefined
  }
}
