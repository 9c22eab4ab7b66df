/**
 * A page with what stands between two comments replaced: `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws {Error} When the comments are not there, once each and in this order.
 */
export function replaceBlock(page: string, name: string, content: string): string {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest, ...more] = page.split(opening)
  const [, after, ...others] = rest?.split(closing) ?? []
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(
      `The page has no place for ${name}; received ${page.length} characters without ${opening} … ${closing}, or with several. Put the two comments where the table belongs.`,
    )
  }
  return `${before}${opening}\n\n${content}\n\n${closing}${after}`
}
