import { Field, Input, Textarea } from '@fluentui/react-components'
import { FormGrid } from '../../components/form-grid.tsx'
import { SettingsForm } from './settings-form.tsx'

function ProfilePage() {
  return (
    <SettingsForm section="profile" title="Profile" description="How you appear to your clients and your team.">
      {(values, change) => (
        <>
          <FormGrid>
            <Field label="Name" required>
              <Input
                autoComplete="name"
                maxLength={80}
                value={values.name}
                onChange={(_event, { value }) => change({ name: value })}
              />
            </Field>
            <Field label="E-mail" required>
              <Input
                type="email"
                autoComplete="email"
                maxLength={120}
                value={values.email}
                onChange={(_event, { value }) => change({ email: value })}
              />
            </Field>
            <Field label="Studio" required>
              <Input
                autoComplete="organization"
                maxLength={80}
                value={values.studio}
                onChange={(_event, { value }) => change({ studio: value })}
              />
            </Field>
            <Field label="Time zone" hint={`This device is in ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`}>
              <Input
                maxLength={60}
                value={values.timeZone}
                onChange={(_event, { value }) => change({ timeZone: value })}
              />
            </Field>
          </FormGrid>
          <Field label="About you">
            <Textarea
              rows={3}
              maxLength={400}
              value={values.bio}
              onChange={(_event, { value }) => change({ bio: value })}
            />
          </Field>
        </>
      )}
    </SettingsForm>
  )
}

export { ProfilePage as Component }
