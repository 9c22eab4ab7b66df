/** What `paceline visits` has written. */
declare module '*/visits.json' {
  const visits: Readonly<Record<string, number>>
  export default visits
}
