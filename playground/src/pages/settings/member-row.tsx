import { Badge, Select } from '@fluentui/react-components'
import type { Member, Role } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { formatRelative } from '../../app/format.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { Initials } from '../../components/initials.tsx'
import styles from './team-page.module.css'

export function MemberRow({ member }: { member: Member }) {
  const change = useSave({
    send: (role: Role) => api.patch<Member>(`/team/${member.id}`, { role }),
    refreshes: ['team'],
    done: `${member.name} has another role now.`,
  })
  const remove = useSave({
    send: () => api.delete(`/team/${member.id}`),
    refreshes: ['team', 'billing'],
    done: `${member.name} is no longer in the team.`,
  })
  return (
    <li className={styles.member}>
      <Initials name={member.name} />
      <div className={styles.who}>
        <p>{member.name}</p>
        <p className={styles.quiet}>
          {member.email}, {member.lastSeenAt ? `here ${formatRelative(member.lastSeenAt)}` : 'has not been here yet'}
        </p>
      </div>
      {member.role === 'owner' ? (
        <Badge appearance="tint">Owner</Badge>
      ) : (
        <>
          <Select
            aria-label={`Role of ${member.name}`}
            value={member.role}
            disabled={change.isPending}
            onChange={(_event, { value }) => change.mutate(value as Role)}
          >
            <option value="editor">Editor</option>
            <option value="viewer">Viewer</option>
          </Select>
          <ConfirmButton label="Remove" title={`Remove ${member.name}?`} onConfirm={() => remove.mutate()}>
            They lose access at once. What they made stays.
          </ConfirmButton>
        </>
      )}
    </li>
  )
}
