import { Button } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import { isRouteErrorResponse, useLocation, useNavigate, useRouteError } from 'react-router'
import { announce } from '../app/announcer.ts'
import { explainError } from './explain-error.ts'
import styles from './page-error.module.css'

/**
 * Stands in for a page that could not be shown. A page whose code did not arrive (no connection, or a release that is
 * gone) can be asked for again in place, or with the whole app; the focus is on the heading, so both are one Tab away.
 */
export function PageError() {
  const error = useRouteError()
  const { pathname, search, hash } = useLocation()
  const navigate = useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  const { title, text } = explainError(isRouteErrorResponse(error) ? error.statusText : error, navigator.onLine)

  useEffect(() => {
    document.title = `${title} · Lumen`
    announce(`${title} ${text}`)
    heading.current?.focus()
  }, [title, text])

  return (
    <section className={styles.error} aria-labelledby="page-error">
      <h1 id="page-error" ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{text}</p>
      <div className={styles.actions}>
        <Button appearance="primary" onClick={() => void navigate(pathname + search + hash, { replace: true })}>
          Try again
        </Button>
        <Button onClick={() => location.reload()}>Reload Lumen</Button>
        <Button appearance="transparent" onClick={() => void navigate('/dashboard')}>
          Go to the dashboard
        </Button>
      </div>
    </section>
  )
}
