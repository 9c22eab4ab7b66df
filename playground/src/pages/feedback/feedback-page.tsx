import { Button, Field, Input, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import styles from './feedback-page.module.css'

const EMPTY = { topic: 'idea', message: '', email: '' }
const SHORTEST = 10

function FeedbackPage() {
  const [values, setValues] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const send = useSave({
    send: (input: typeof EMPTY) => api.post<{ reference: string }>('/feedback', input),
    refreshes: [],
  })
  const tooShort = values.message.trim().length < SHORTEST
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!tooShort) send.mutate(values)
  }
  const again = (): void => {
    setValues(EMPTY)
    setTried(false)
    send.reset()
  }
  return (
    <>
      <PageHeader title="Feedback" description="Tell us what is missing, what is broken, or what you like." />
      {send.data ? (
        <div role="status">
          <EmptyState title="Thank you" action={<Button onClick={again}>Write another</Button>}>
            Your message is with us under {send.data.reference}.
          </EmptyState>
        </div>
      ) : (
        <Panel>
          <form className={styles.form} onSubmit={submit} noValidate>
            <Field label="It is about">
              <RadioGroup
                layout="horizontal"
                value={values.topic}
                onChange={(_event, { value }) => setValues({ ...values, topic: value })}
              >
                <Radio value="idea" label="An idea" />
                <Radio value="problem" label="A problem" />
                <Radio value="praise" label="Praise" />
              </RadioGroup>
            </Field>
            <Field
              label="Your message"
              required
              {...(tried && tooShort && { validationMessage: `Write at least ${SHORTEST} characters.` })}
            >
              <Textarea
                rows={6}
                maxLength={2_000}
                value={values.message}
                onChange={(_event, { value }) => setValues({ ...values, message: value })}
              />
            </Field>
            <Field label="E-mail" hint="Only if you would like an answer.">
              <Input
                type="email"
                autoComplete="email"
                maxLength={120}
                value={values.email}
                onChange={(_event, { value }) => setValues({ ...values, email: value })}
              />
            </Field>
            <div>
              <Button type="submit" appearance="primary" disabled={send.isPending}>
                Send
              </Button>
            </div>
          </form>
        </Panel>
      )}
    </>
  )
}

export { FeedbackPage as Component }
