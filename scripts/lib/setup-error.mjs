/**
 * Something the person at the keyboard has to put right. The message is all they need: a full sentence that ends in
 * what to do. Printed without a stack.
 */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}
