import { Picture } from '@paceline/images/react'
import { Grid } from '../../components/grid.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { PHOTO_FILES } from '../../photos/photo-files.ts'
import styles from './credits-page.module.css'

/** At least 140 px wide and 100 high: what is cut off of a wide one counts. */
const SIZES = '(width < 370px) calc(100vw - 74px), 217px'

const MIT = 'MIT, © 2013–2023 Start Bootstrap LLC'

const SOURCES: readonly { name: string; licence: string; url: string }[] = [
  { name: 'startbootstrap-creative', licence: MIT, url: 'https://github.com/StartBootstrap/startbootstrap-creative' },
  {
    name: 'startbootstrap-clean-blog',
    licence: MIT,
    url: 'https://github.com/StartBootstrap/startbootstrap-clean-blog',
  },
  { name: 'startbootstrap-grayscale', licence: MIT, url: 'https://github.com/StartBootstrap/startbootstrap-grayscale' },
  {
    name: 'startbootstrap-landing-page',
    licence: MIT,
    url: 'https://github.com/StartBootstrap/startbootstrap-landing-page',
  },
]

const OTHERS: readonly { name: string; licence: string; licenceUrl?: string; url: string }[] = [
  {
    name: 'Figtree, the typeface',
    licence: 'SIL Open Font License 1.1',
    licenceUrl: '/figtree-licence.txt',
    url: 'https://github.com/erikdkennedy/figtree',
  },
  {
    name: 'Fluent UI and its icons',
    licence: 'MIT, © Microsoft Corporation',
    url: 'https://github.com/microsoft/fluentui',
  },
  { name: 'CodeMirror', licence: 'MIT, © Marijn Haverbeke and others', url: 'https://codemirror.net' },
]

function CreditsPage() {
  return (
    <>
      <PageHeader title="Credits" description="Where the photographs, the typeface and the icons come from." />
      <div className={styles.stack}>
        {SOURCES.map(({ name, licence, url }) => (
          <Panel key={name} title={name} action={<a href={url}>Source</a>}>
            <p className={styles.quiet}>{licence}</p>
            <Grid min={140} as="ul">
              {Object.entries(PHOTO_FILES)
                .filter(([, file]) => file.source === name)
                .map(([key, file]) => (
                  <li key={key}>
                    <Picture image={file.picture} alt={key} sizes={SIZES} className={styles.photo} />
                  </li>
                ))}
            </Grid>
          </Panel>
        ))}
        <Panel title="And">
          <ul className={styles.others}>
            {OTHERS.map(({ name, licence, licenceUrl, url }) => (
              <li key={name}>
                <a href={url}>{name}</a>: {licenceUrl ? <a href={licenceUrl}>{licence}</a> : licence}
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </>
  )
}

export { CreditsPage as Component }
