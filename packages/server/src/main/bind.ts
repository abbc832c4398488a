import { StartError } from './start-error.ts';

export interface Binding {
  readonly host: string;
  readonly port: number;
  /** The flag that gives the port. */
  readonly flag: string;
}

/**
 * Listens, or says in the operator's words why that doesn't go.
 * @throws {StartError}
 */
export function bind<T>({ host, port, flag }: Binding, listen: () => T): T {
  try {
    return listen();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    throw new StartError(reason(code, host, port, flag), { cause });
  }
}

function reason(code: unknown, host: string, port: number, flag: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: stop what uses it, or give another with ${flag}.`;
    case 'EACCES':
      return (
        `Port ${port} may not be used by this user: give one above 1023 with ${flag}, or the right to it ` +
        `(AmbientCapabilities=CAP_NET_BIND_SERVICE in the systemd unit, ` +
        `or sudo setcap cap_net_bind_service=+ep ${process.execPath}).`
      );
    default:
      return `${host} port ${port} can't be listened on: give an address of this machine with --host.`;
  }
}
