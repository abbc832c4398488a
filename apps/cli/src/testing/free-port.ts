/** A port of this machine that was free a moment ago, as an option takes it. */
export function freePort(): string {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() });
  const port = String(server.port);
  void server.stop(true);
  return port;
}
