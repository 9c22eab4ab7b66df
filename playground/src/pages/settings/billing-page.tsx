import { Badge } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import type { Billing } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { formatDate } from '../../app/format.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { Progress } from '../../components/progress.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './billing-page.module.css'
import { PlanChoice } from './plan-choice.tsx'

const MONEY = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' })

function BillingPage() {
  const query = useQuery(read<Billing>('/billing'))
  return (
    <>
      <PageHeader title="Billing" description="Your plan, your seats and what you paid." />
      <QueryView query={query} label="Loading the billing">
        {(billing) => (
          <div className={styles.stack}>
            <Panel title="Plan">
              <PlanChoice plan={billing.plan} />
              <p className={styles.quiet}>Renews on {formatDate(billing.renewsOn)}.</p>
            </Panel>
            <Panel title={`${billing.seatsUsed} of ${billing.seats} seats`}>
              <Progress value={billing.seatsUsed / billing.seats} label="Seats in use" />
            </Panel>
            <Panel title="Invoices">
              <table className={styles.invoices}>
                <thead>
                  <tr>
                    <th scope="col">Number</th>
                    <th scope="col">Date</th>
                    <th scope="col">Amount</th>
                    <th scope="col">Status</th>
                  </tr>
                </thead>
                <tbody>
                  {billing.invoices.map((invoice) => (
                    <tr key={invoice.id}>
                      <td>{invoice.id}</td>
                      <td>{formatDate(invoice.issuedOn)}</td>
                      <td>{MONEY.format(invoice.cents / 100)}</td>
                      <td>
                        <Badge appearance="tint" color={invoice.status === 'paid' ? 'success' : 'warning'}>
                          {invoice.status === 'paid' ? 'Paid' : 'Open'}
                        </Badge>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
          </div>
        )}
      </QueryView>
    </>
  )
}

export { BillingPage as Component }
