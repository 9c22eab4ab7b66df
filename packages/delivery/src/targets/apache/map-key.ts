/** What `int:escape` of Apache leaves as it is (`T_OS_ESCAPE_PATH` in server/gen_test_char.c). */
const PLAIN = /[\w$\-.+!*'(),:@&=/~]/

/** A path as Apache's own `int:escape` writes it: keys and values of its text maps hold no spaces. */
export function mapKey(path: string): string {
  return [...Buffer.from(path)]
    .map((byte) => {
      const character = String.fromCodePoint(byte)
      return byte < 0x80 && PLAIN.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`
    })
    .join('')
}
