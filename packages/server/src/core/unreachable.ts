/** Ends a switch over a union: the compiler proves that nothing gets here, and at run time it is a fault. */
export function unreachable(value: never): never {
  throw new Error(
    `unexpected case: ${String((value as { kind?: unknown }).kind ?? (value as { type?: unknown }).type)}`,
  );
}
