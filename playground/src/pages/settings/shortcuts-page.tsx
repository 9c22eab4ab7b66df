import { SHORTCUTS, setShortcutSettings } from '../../app/shortcuts.ts'
import { SettingsForm } from './settings-form.tsx'
import { ShortcutTable } from './shortcut-table.tsx'
import { SwitchField } from './switch-field.tsx'

function ShortcutsPage() {
  return (
    <SettingsForm
      section="shortcuts"
      title="Shortcuts"
      description="One key, or two keys one after the other, take you anywhere."
      preview={setShortcutSettings}
    >
      {(values, change) => (
        <>
          <SwitchField
            label="Use keyboard shortcuts"
            hint="They never work while you type into a field."
            checked={values.enabled}
            onChange={(enabled) => change({ enabled })}
          />
          <ShortcutTable
            shortcuts={SHORTCUTS}
            keys={values.keys}
            disabled={!values.enabled}
            onChange={(keys) => change({ keys })}
          />
        </>
      )}
    </SettingsForm>
  )
}

export { ShortcutsPage as Component }
