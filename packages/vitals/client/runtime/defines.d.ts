/**
 * What the options of a build say, written into the runtime when it is assembled: what they turn off is not in it.
 */
/** URL of the endpoint. */
declare const PACELINE_ENDPOINT: string
declare const PACELINE_SAMPLE_RATE: number
/** Whether everything waits for `grant()`. */
declare const PACELINE_CONSENT: boolean
/** Whether somebody listens: `onViolation`, `subscribe`, the dashboard, the overlay. */
declare const PACELINE_SUBSCRIBE: boolean
/** Whether the app times operations of its own. */
declare const PACELINE_OPERATIONS: boolean
/** Whether bytes are added up, and memory is said. */
declare const PACELINE_BYTES: boolean
