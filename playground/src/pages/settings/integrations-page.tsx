import { useQuery } from '@tanstack/react-query'
import type { Integration } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { Grid } from '../../components/grid.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { IntegrationCard } from './integration-card.tsx'

function IntegrationsPage() {
  const query = useQuery(read<Integration[]>('/integrations'))
  return (
    <>
      <PageHeader title="Integrations" description="What the studio talks to, on your behalf." />
      <QueryView query={query} label="Loading the integrations">
        {(integrations) => (
          <Grid min={300}>
            {integrations.map((integration) => (
              <IntegrationCard key={integration.id} integration={integration} />
            ))}
          </Grid>
        )}
      </QueryView>
    </>
  )
}

export { IntegrationsPage as Component }
