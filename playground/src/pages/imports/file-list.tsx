import { Button } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { formatBytes } from '../../app/format.ts'
import type { ImportFile } from './import-file.ts'
import styles from './import-page.module.css'

export function FileList({ files, onRemove }: { files: readonly ImportFile[]; onRemove: (name: string) => void }) {
  if (files.length === 0) return <p className={styles.quiet}>Nothing chosen yet.</p>
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <li key={file.name}>
          <span>{file.name}</span>
          <span className={styles.quiet}>
            {file.kind}, {formatBytes(file.bytes)}
          </span>
          <Button
            size="small"
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={`Leave out ${file.name}`}
            onClick={() => onRemove(file.name)}
          />
        </li>
      ))}
    </ul>
  )
}
