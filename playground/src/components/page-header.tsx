import { type ReactNode, useEffect, useRef } from 'react'
import { announce } from '../app/announcer.ts'
import styles from './page-header.module.css'

interface PageHeaderProps {
  title: string
  /** One sentence: what the page is for. It is also the description of the document. */
  description: string
  /** Buttons beside the title. */
  children?: ReactNode
  /** Where the page belongs, above the title. */
  eyebrow?: ReactNode
}

/** The first page after loading leaves the focus where the browser puts it. */
let arrived = false

/** The heading of a page, its document title and description, and where the focus goes after a navigation. */
export function PageHeader({ title, description, children, eyebrow }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    document.title = `${title} · Lumen`
    document.querySelector('meta[name="description"]')?.setAttribute('content', description)
  }, [title, description])

  useEffect(() => {
    if (arrived) {
      announce(document.title)
      heading.current?.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    }
    arrived = true
  }, [])

  return (
    <header className={styles.header}>
      <div className={styles.text}>
        {eyebrow && <p className={styles.eyebrow}>{eyebrow}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className={styles.description}>{description}</p>
      </div>
      {children && <div className={styles.actions}>{children}</div>}
    </header>
  )
}
