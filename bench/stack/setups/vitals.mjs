import { onCLS, onINP, onLCP } from 'web-vitals'

const send = (metric) => navigator.sendBeacon('/vitals', JSON.stringify(metric))
onCLS(send)
onINP(send)
onLCP(send)
