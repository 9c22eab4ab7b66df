/** What entities may grow a file by: those of drawing programs (names of namespaces) add a few hundred bytes. */
const LARGEST_GROWTH = 1_000_000

/**
 * Why the entities of an SVG are not safe to expand, or nothing. Told from the text, before any parser expands them. What old versions of
 * Illustrator write, short texts that refer to nothing, passes.
 */
export function entityProblem(text: string): string | undefined {
  const declarations = [...text.matchAll(/<!ENTITY\s+(?:(%)\s+)?(\S+)\s+(?:"([^"]*)"|'([^']*)'|(\S+))/g)]
  if (declarations.length < text.split('<!ENTITY').length - 1) return 'an entity that is not well-formed'
  let growth = 0
  for (const [, parameter, name, double, single, external] of declarations) {
    if (parameter !== undefined) return `the parameter entity \`%${name}\``
    if (external !== undefined) return `the external entity \`&${name};\``
    const value = double ?? single ?? ''
    if (/[&%](?!#|(?:amp|lt|gt|quot|apos);)/.test(value)) {
      return `the entity \`&${name};\`, which is made of other entities (an entity bomb is)`
    }
    growth += value.length * (text.split(`&${name};`).length - 1)
  }
  return growth > LARGEST_GROWTH ? `entities that grow to ${Math.round(growth / 1e6)} MB` : undefined
}
