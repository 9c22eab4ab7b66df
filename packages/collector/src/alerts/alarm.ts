import type { WebhookOptions } from '../options.ts'
import { requiredShares } from '../sla/judge-limits.ts'
import { askBurns } from '../stats/ask-store.ts'
import type { StatsContext } from '../stats/ask-store.ts'
import { evaluateAlerts } from './burn-rules.ts'
import type { Alert } from './burn-rules.ts'
import { sendWebhook } from './send-webhook.ts'

const EVERY = 60_000

/** Looks at the SLA once a minute, and tells of what begins and of what ends. */
export class Alarm {
  readonly #context: StatsContext
  readonly #webhook: WebhookOptions | undefined
  readonly #log: (entry: object) => void
  #active = new Map<string, Alert>()
  #timer: NodeJS.Timeout | undefined

  constructor(context: StatsContext, webhook: WebhookOptions | undefined, log: (entry: object) => void) {
    this.#context = context
    this.#webhook = webhook
    this.#log = log
  }

  start(): void {
    const look = (): void =>
      void this.look().catch((error: Error) => this.#log({ event: 'failure', message: error.message }))
    this.#timer = setInterval(look, EVERY).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Alerts that are in force now. */
  async look(): Promise<Alert[]> {
    const now = this.#context.now()
    const filter = { nav: 'navigate', from: now - EVERY, to: now }
    const burns = await askBurns(this.#context, filter)
    const before = this.#active
    const { sla, minSamples } = this.#context
    const after = evaluateAlerts(burns, new Set(before.keys()), requiredShares(sla), minSamples)
    this.#active = after
    await this.#tell(
      'firing',
      [...after].flatMap(([key, alert]) => (before.has(key) ? [] : alert)),
    )
    await this.#tell(
      'resolved',
      [...before].flatMap(([key, alert]) => (after.has(key) ? [] : alert)),
    )
    return [...after.values()]
  }

  async #tell(status: 'firing' | 'resolved', alerts: readonly Alert[]): Promise<void> {
    if (alerts.length === 0) return
    this.#log({ event: 'alert', status, alerts })
    if (!this.#webhook) return
    const taken = await sendWebhook(this.#webhook, { status, at: this.#context.now(), alerts })
    if (!taken) this.#log({ event: 'failure', message: 'The webhook did not take an alert.' })
  }
}
