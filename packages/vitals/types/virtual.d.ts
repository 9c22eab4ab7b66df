/**
 * Types of `virtual:paceline/vitals`. Add them once, with
 * `/// <reference types="@paceline/vitals/types" />` or in `compilerOptions.types`.
 */
declare module 'virtual:paceline/vitals' {
  type Page = import('@paceline/vitals').PageVitals
  export const operation: Page['operation']
  export const grant: Page['grant']
  export const revoke: Page['revoke']
  export const subscribe: Page['subscribe']
  export const onViolation: Page['onViolation']
  export const sla: Page['sla']
}
