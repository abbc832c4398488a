/** Sends a request as it stands, which a client would tidy up before, and gives the whole answer until the cut. */
export async function rawRequest(url: string, request: string): Promise<string> {
  const { port } = new URL(url);
  let answer = '';
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  await Bun.connect({
    hostname: '127.0.0.1',
    port: Number(port),
    socket: {
      open: (socket) => void socket.write(request),
      data(_socket, bytes) {
        answer += bytes.toString();
      },
      close: () => resolve(),
    },
  });
  await ended;
  return answer;
}
