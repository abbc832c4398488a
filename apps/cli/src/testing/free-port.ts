/**
 * Below the ports that the system gives to outgoing connections: among those somebody who connects may be given it
 * before who it is for listens, or while a server that is to come back there is down.
 */
const PORTS = { from: 15_000, to: 30_000 };

/** A port of this machine that was free a moment ago, as an option takes it. */
export function freePort(): string {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    try {
      const server = Bun.serve({ port, hostname: '127.0.0.1', fetch: () => new Response() });
      void server.stop(true);
      return String(port);
    } catch {
      // Somebody else's.
    }
  }
}
