import type { Billing, Plan } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import styles from './billing-page.module.css'

const PLANS: readonly { plan: Plan; name: string; text: string }[] = [
  { plan: 'solo', name: 'Solo', text: '€ 12 a month, one seat' },
  { plan: 'studio', name: 'Studio', text: '€ 49 a month, 8 seats' },
  { plan: 'agency', name: 'Agency', text: '€ 190 a month, 40 seats' },
]

export function PlanChoice({ plan }: { plan: Plan }) {
  const save = useSave({
    send: (next: Plan) => api.put<Billing>('/billing/plan', { plan: next }),
    refreshes: ['billing'],
    done: 'Your plan is changed.',
  })
  return (
    <fieldset className={styles.plans} disabled={save.isPending}>
      <legend className="visually-hidden">Plan</legend>
      {PLANS.map((option) => (
        <label key={option.plan} className={styles.plan}>
          <input type="radio" name="plan" checked={plan === option.plan} onChange={() => save.mutate(option.plan)} />
          <b>{option.name}</b>
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  )
}
