import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Session } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { ButtonLink } from '../../components/button-link.tsx'
import { PHOTO_FILES } from '../../photos/photo-files.ts'
import { Brand } from '../../shell/brand.tsx'
import styles from './welcome-page.module.css'

const PILE = [
  { file: 'cameras', alt: 'Two film cameras on a wooden table', width: 650, height: 350 },
  { file: 'fog', alt: 'Fog below two rocky peaks', width: 700, height: 500 },
  { file: 'notebooks', alt: 'Letterpress notebooks beside wooden coasters', width: 650, height: 350 },
]

const PROMISES = [
  { title: 'Photographs', text: 'Rate, caption and filter a shoot. The darkroom runs on your own machine.' },
  { title: 'Projects', text: 'A board for every client, with hours, deadlines and what is still open.' },
  { title: 'Words', text: 'Shot lists and client notes in an editor that knows Markdown and works offline.' },
]

export function WelcomePage() {
  const { data: session } = useQuery(read<Session>('/session'))

  useEffect(() => {
    document.title = 'Lumen: a studio for photographs, film and words'
  }, [])

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Brand />
        <ButtonLink to="/dashboard" appearance="subtle">
          Open the studio
        </ButtonLink>
      </header>
      <main className={styles.main}>
        <section className={styles.hero}>
          <h1>The whole studio on one table.</h1>
          <p>
            Lumen keeps your projects, photographs, notes and deadlines together, so that the work stays in front and
            the paperwork behind it.
          </p>
          <div className={styles.actions}>
            {session?.setupDone ? (
              <ButtonLink to="/dashboard" appearance="primary" size="large">
                Back to {session.studio}
              </ButtonLink>
            ) : (
              <>
                <ButtonLink to="/setup" appearance="primary" size="large">
                  Set up your studio
                </ButtonLink>
                <ButtonLink to="/dashboard" size="large">
                  Look around first
                </ButtonLink>
              </>
            )}
          </div>
        </section>
        <div className={styles.pile}>
          {PILE.map(({ file, alt, ...size }, index) => (
            <img
              key={file}
              src={PHOTO_FILES[file]?.url}
              alt={alt}
              fetchPriority={index === 0 ? 'high' : 'auto'}
              {...size}
            />
          ))}
        </div>
        <section className={styles.promises} aria-label="What is in it">
          {PROMISES.map(({ title, text }) => (
            <div key={title}>
              <h2>{title}</h2>
              <p>{text}</p>
            </div>
          ))}
        </section>
      </main>
      <footer className={styles.foot}>
        Photographs from MIT-licensed templates.{' '}
        <ButtonLink to="/credits" appearance="transparent" size="small">
          Credits
        </ButtonLink>
      </footer>
    </div>
  )
}
