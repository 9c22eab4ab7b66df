import { useLocation } from 'react-router'
import { ButtonLink } from '../../components/button-link.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import styles from './not-found-page.module.css'

export function NotFoundPage() {
  const { pathname } = useLocation()
  return (
    <>
      <PageHeader title="Nothing hangs here." description="The page may have moved, or the address has a typo in it." />
      <p>
        There is no page at <code className={styles.path}>{pathname}</code>.
      </p>
      <div className={styles.actions}>
        <ButtonLink to="/dashboard" appearance="primary">
          Go to the dashboard
        </ButtonLink>
        <ButtonLink to="/search">Search the studio</ButtonLink>
      </div>
    </>
  )
}
