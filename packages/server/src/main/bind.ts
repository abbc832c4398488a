import { StartError } from './start-error.ts';

export interface Binding {
  readonly host: string;
  readonly port: number;
  /** The flags that give them. */
  readonly flags: { readonly host: string; readonly port: string };
}

/**
 * Listens, or says in the operator's words why that doesn't go.
 * @throws {StartError}
 */
export function bind<T>(binding: Binding, listen: () => T): T {
  try {
    return listen();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    throw new StartError(reason(code, binding), { cause });
  }
}

function reason(code: unknown, { host, port, flags }: Binding): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: stop what uses it, or give another with ${flags.port}.`;
    case 'EACCES':
      return (
        `Port ${port} may not be used by this user: give one above 1023 with ${flags.port}, or the right to it ` +
        `(AmbientCapabilities=CAP_NET_BIND_SERVICE in the systemd unit, ` +
        `or sudo setcap cap_net_bind_service=+ep ${process.execPath}).`
      );
    default:
      return `${host} port ${port} can't be listened on: give an address of this machine with ${flags.host}.`;
  }
}
