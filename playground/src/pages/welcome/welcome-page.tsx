import { Picture } from '@paceline/images/react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import cameras from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/3.jpg?picture'
import fog from 'startbootstrap-grayscale/dist/assets/img/demo-image-02.jpg?picture'
import notebooks from 'startbootstrap-creative/dist/assets/img/portfolio/fullsize/2.jpg?picture'
import type { Session } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { ButtonLink } from '../../components/button-link.tsx'
import { Brand } from '../../shell/brand.tsx'
import styles from './welcome-page.module.css'

/** Not from the list of all photographs, which would come along into the first load. */
const PILE = [
  {
    image: cameras,
    alt: 'Two film cameras on a wooden table',
    sizes: '(width < 860px) calc(87vw - 71px), (width < 1180px) calc(48vw - 75px), 485px',
  },
  {
    image: fog,
    alt: 'Fog below two rocky peaks',
    sizes: '(width < 860px) calc(67vw - 48px), (width < 1180px) calc(37vw - 51px), 378px',
  },
  {
    image: notebooks,
    alt: 'Letterpress notebooks beside wooden coasters',
    sizes: '(width < 860px) calc(68vw - 62px), (width < 1180px) calc(37vw - 65px), 372px',
  },
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
          {PILE.map((picture, index) => (
            <div key={picture.alt} className={styles.print}>
              <Picture {...picture} priority={index === 0} />
            </div>
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
