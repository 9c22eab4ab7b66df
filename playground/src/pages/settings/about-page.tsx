import { useQuery } from '@tanstack/react-query'
import { version } from 'react'
import { Link } from 'react-router'
import { read } from '../../api/queries.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import styles from './about-page.module.css'

function AboutPage() {
  const { data, isError } = useQuery(read<{ status: string }>('/health'))
  return (
    <>
      <PageHeader title="About Lumen" description="The application that Paceline is shown and tested on." />
      <Panel>
        <dl className={styles.facts}>
          <dt>Studio</dt>
          <dd>{isError ? 'cannot be reached' : data ? 'answers' : 'asking…'}</dd>
          <dt>React</dt>
          <dd>{version}</dd>
          <dt>Built</dt>
          <dd>{import.meta.env.PROD ? 'for production' : 'for development'}</dd>
          <dt>What was measured</dt>
          <dd>
            <a href="/__paceline/report">The report of this build</a> and <a href="/__paceline/treemap">its treemap</a>
          </dd>
          <dt>Licences</dt>
          <dd>
            <Link to="/credits">Photographs, font and icons</Link>
          </dd>
        </dl>
      </Panel>
    </>
  )
}

export { AboutPage as Component }
