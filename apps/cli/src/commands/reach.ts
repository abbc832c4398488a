import type { MaruClient } from '@maru/client';

/** How it went with the connection. */
export type Reached = 'online' | 'unreachable' | 'stopped';

/** Waits until the client is in sync, gives up for good, or the time is over. */
export async function reach(client: MaruClient, signal: AbortSignal): Promise<Reached> {
  try {
    await client.until(() => isSettled(client), signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return 'unreachable';
  }
  return client.connection.state === 'online' ? 'online' : 'stopped';
}

/** Whether the client is in sync, or has given up for good. */
export function isSettled({ connection }: MaruClient): boolean {
  return connection.state === 'online' || connection.state === 'stopped';
}

/** Why the client will not connect again, for people. */
export function whyStopped(client: MaruClient): string {
  const { connection } = client;
  if (connection.state !== 'stopped') return 'The connection ended.';
  switch (connection.reason) {
    case 'signed-out':
      return 'This device was signed out: maru log-in signs it in again.';
    case 'suspended':
      return 'The account is suspended: ask an administrator of the server.';
    case 'unsupported-version':
      return 'The server speaks another version of the protocol: update maru.';
    case 'replaced':
      return 'Too many programs use this device at once.';
    case 'store-failed':
      return "What the device keeps can't be written: is the disk full?";
    case 'protocol-error':
    case 'closed':
      return `The connection ended for good (${connection.reason}).`;
  }
}
