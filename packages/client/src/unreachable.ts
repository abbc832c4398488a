/** Ends a switch over a union: the compiler proves that nothing comes here. */
export function unreachable(value: never): never {
  throw new Error(`not one of the kinds that were known: ${JSON.stringify(value)}`);
}
