import { ChoiceField } from './choice-field.tsx'
import { SettingsForm } from './settings-form.tsx'
import { SwitchField } from './switch-field.tsx'

function NotificationsPage() {
  return (
    <SettingsForm
      section="notifications"
      title="Notifications"
      description="What may interrupt you, and what may wait."
    >
      {(values, change) => (
        <>
          <SwitchField
            label="Comments"
            hint="A client or a colleague writes under a photograph."
            checked={values.comments}
            onChange={(comments) => change({ comments })}
          />
          <SwitchField
            label="Deadlines"
            hint="Three days before something is due, and on the day."
            checked={values.deadlines}
            onChange={(deadlines) => change({ deadlines })}
          />
          <SwitchField
            label="Exports"
            hint="An export is ready, or has failed."
            checked={values.exports}
            onChange={(exports) => change({ exports })}
          />
          <ChoiceField
            label="Summary by e-mail"
            value={values.digest}
            options={{ off: 'Never', daily: 'Every morning', weekly: 'On Mondays' }}
            onChange={(digest) => change({ digest })}
          />
        </>
      )}
    </SettingsForm>
  )
}

export { NotificationsPage as Component }
