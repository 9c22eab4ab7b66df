export const NOTES: readonly { id: string; title: string; projectId: string | null; daysAgo: number; body: string }[] =
  [
    {
      id: 'shot-list',
      title: 'Shot list: North Ridge',
      projectId: 'north-ridge',
      daysAgo: 0,
      body: `# Shot list: North Ridge

Two days, **four locations**, light from 07:40 to 15:50.

## Day one
- [x] Valley from the upper hut, before the fog lifts
- [x] Tools on the boards of the woodshed
- [ ] Jacket, front and back, against the ridge
- [ ] Hands: gloves, rope, thermos

## Day two
1. Summit at first light. *If the wind is under 8 m/s.*
2. The long descent, 35 mm only
3. Portraits by the stove

> Carry the tripod up. It is always worth it.

Call the hut the evening before: \`+00 555 0147\`.
`,
    },
    {
      id: 'salt-and-fire-notes',
      title: 'Client notes: Salt and Fire',
      projectId: 'salt-and-fire',
      daysAgo: 2,
      body: `# Client notes: Salt and Fire

Call with Noor, third round.

- Cover: warmer, and **crop to the pan**
- Page 48: the oil is too green
- Recipes 12 to 19 may stay as they are

## Decisions
| what | who | until |
| --- | --- | --- |
| new cover | Imani | Thursday |
| colour of page 48 | Jun | Friday |
`,
    },
    {
      id: 'export-recipe',
      title: 'How we export for the web',
      projectId: null,
      daysAgo: 11,
      body: `# How we export for the web

One source, three widths: **480**, **960** and **1600** pixels.

- AVIF first, WebP beside it, JPEG for whoever still needs it
- Never larger than the original
- Strip the location; keep the credit

\`\`\`
width  480  960  1600
AVIF    18   52   121 kB
WebP    26   74   178 kB
\`\`\`
`,
    },
    {
      id: 'interview-questions',
      title: 'Questions for the printer',
      projectId: 'harbour-letterpress',
      daysAgo: 5,
      body: `# Questions for the printer

1. Which press did you learn on?
2. What does a *good impression* feel like with your eyes closed?
3. Why stop at three colours?

Leave the camera running after the last answer.
`,
    },
  ]
