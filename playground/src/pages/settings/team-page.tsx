import { useQuery } from '@tanstack/react-query'
import type { Member } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { InviteForm } from './invite-form.tsx'
import { MemberRow } from './member-row.tsx'
import styles from './team-page.module.css'

function TeamPage() {
  const query = useQuery(read<Member[]>('/team'))
  return (
    <>
      <PageHeader title="Team" description="Who works here, and who may only look." />
      <div className={styles.stack}>
        <Panel title="Invite somebody">
          <InviteForm />
        </Panel>
        <QueryView query={query} label="Loading the team">
          {(members) => (
            <Panel title={`${members.length} people`}>
              <ul className={styles.members}>
                {members.map((member) => (
                  <MemberRow key={member.id} member={member} />
                ))}
              </ul>
            </Panel>
          )}
        </QueryView>
      </div>
    </>
  )
}

export { TeamPage as Component }
