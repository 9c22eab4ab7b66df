import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { Panel } from '../../components/panel.tsx'
import { ExportButton } from './export-button.tsx'
import styles from './privacy-page.module.css'
import { SettingsForm } from './settings-form.tsx'
import { SwitchField } from './switch-field.tsx'

function PrivacyPage() {
  const clear = useSave({
    send: () => api.delete('/activity'),
    refreshes: ['activity', 'dashboard'],
    done: 'The activity is cleared.',
  })
  return (
    <>
      <SettingsForm section="privacy" title="Privacy" description="What leaves the studio, and what does not.">
        {(values, change) => (
          <>
            <SwitchField
              label="Strip locations"
              hint="Where a photograph was taken is removed from every export."
              checked={values.stripLocation}
              onChange={(stripLocation) => change({ stripLocation })}
            />
            <SwitchField
              label="Public profile"
              hint="Anyone with the link sees your name, your bio and delivered projects."
              checked={values.publicProfile}
              onChange={(publicProfile) => change({ publicProfile })}
            />
            <SwitchField
              label="Share how Lumen is used"
              hint="Which pages are opened and how fast they are. Never what is on them."
              checked={values.shareUsage}
              onChange={(shareUsage) => change({ shareUsage })}
            />
          </>
        )}
      </SettingsForm>
      <div className={styles.data}>
        <Panel title="Your data">
          <p>Take everything with you as one file, or make the studio forget who did what.</p>
          <div className={styles.actions}>
            <ExportButton />
            <ConfirmButton label="Clear the activity" title="Clear the activity?" onConfirm={() => clear.mutate()}>
              The whole history of the studio is gone then. Projects, photographs and notes stay.
            </ConfirmButton>
          </div>
        </Panel>
      </div>
    </>
  )
}

export { PrivacyPage as Component }
