import { nearest } from '@paceline/kit'
import type { ObjectExpression } from 'oxc-parser'
import type { OptionMove, OptionRules } from '../move.ts'
import { keyName, unwrap } from '../syntax/nodes.ts'

/**
 * Deals with every option of an object by its rule. An option without a rule keeps the tool: what it does is not known.
 *
 * @param prefix of the options' names, `workbox.` for instance
 */
export function applyRules(whole: OptionMove, object: ObjectExpression, rules: OptionRules, prefix = ''): void {
  for (const property of object.properties) {
    const name = property.type === 'Property' && !property.computed ? keyName(property.key) : undefined
    if (property.type !== 'Property' || name === undefined) {
      whole.stays(`has \`${whole.code(property).split('\n')[0]}\`, which cannot be read without running it`)
      continue
    }
    const path = prefix + name
    const option = whole.option(path, property.value, object)
    const rule = rules[path]
    const value = unwrap(property.value)
    if (rule) rule.move(option)
    else if (!Object.keys(rules).some((key) => key.startsWith(`${path}.`)))
      option.stays(unknownOption(name, path, rules))
    else if (value.type === 'ObjectExpression') applyRules(whole, value, rules, `${path}.`)
    else if (!option.is(undefined)) option.stays('is not an object that can be read without running it')
  }
}

function unknownOption(name: string, path: string, rules: OptionRules): string {
  const near = nearest(path, Object.keys(rules))
  return `\`${name}\` is not an option that is known here${near === undefined ? '' : `; did you mean \`${near}\`?`}`
}
