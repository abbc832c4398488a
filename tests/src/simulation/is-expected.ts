const EXPECTED: readonly string[] = [
  ...['closed', 'not-found', 'disconnected', 'network', 'forbidden'],
  ...['storage-unavailable', 'rate-limited', 'relation-changed', 'recipient-unavailable'],
];

/** What a user of the SDK may be told: it is stopping, the room isn't known, there is no connection, try again. */
export function isExpected(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return EXPECTED.includes(String(code));
}
