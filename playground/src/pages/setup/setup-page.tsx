import { Button, ProgressBar } from '@fluentui/react-components'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { SetupInput } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { announce } from '../../app/announcer.ts'
import { setPreferences } from '../../app/preferences.ts'
import { ButtonLink } from '../../components/button-link.tsx'
import { Brand } from '../../shell/brand.tsx'
import styles from './setup-page.module.css'
import { STEPS } from './steps.tsx'

const EMPTY: SetupInput = { name: '', studio: '', theme: 'system', work: 'photography', firstProject: '' }

/** The first-run wizard: every step is a form of its own, so Enter goes on and the fields say what they need. */
export function SetupPage() {
  const navigate = useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  const [position, setPosition] = useState(0)
  const [values, setValues] = useState(EMPTY)
  const { title, text, Fields } = STEPS[position]!
  const last = position === STEPS.length - 1
  const save = useSave({
    send: (input: SetupInput) => api.post<{ projectId: string | null }>('/setup', input),
    refreshes: ['session', 'settings', 'dashboard', 'projects'],
    done: 'Your studio is ready.',
    onDone: ({ projectId }) => void navigate(projectId === null ? '/dashboard' : `/projects/${projectId}`),
  })

  useEffect(() => {
    document.title = `${title} · Set up Lumen`
  }, [title])

  const change = (part: Partial<SetupInput>): void => {
    setValues((before) => ({ ...before, ...part }))
    if (part.theme) setPreferences({ theme: part.theme })
  }
  const goTo = (next: number): void => {
    setPosition(next)
    announce(`Step ${next + 1} of ${STEPS.length}: ${STEPS[next]!.title}`)
    heading.current?.focus()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (last) save.mutate(values)
    else goTo(position + 1)
  }

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Brand />
        <ButtonLink to="/dashboard" appearance="subtle">
          Skip for now
        </ButtonLink>
      </header>
      <main className={styles.card}>
        <ProgressBar
          value={(position + 1) / STEPS.length}
          aria-label={`Step ${position + 1} of ${STEPS.length}`}
          thickness="large"
        />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className={styles.text}>{text}</p>
        <form className={styles.form} onSubmit={submit}>
          <Fields values={values} change={change} />
          <div className={styles.actions}>
            {position > 0 && <Button onClick={() => goTo(position - 1)}>Back</Button>}
            <Button type="submit" appearance="primary" disabled={save.isPending}>
              {last ? 'Open the studio' : 'Continue'}
            </Button>
          </div>
        </form>
      </main>
    </div>
  )
}
