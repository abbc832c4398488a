import { createServer } from 'node:net';
import { anyPort } from '../processes/server-process.ts';

/**
 * A port of the loopback that nobody has right now. Below those that the system gives to outgoing connections, so that
 * none of them is given it before who it is for listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = anyPort();
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** The server's own figures by name, those with labels left out. */
export async function readMetrics(port: number): Promise<(name: string) => number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const figures = new Map(
    text
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name = '', value]) => [name, Number(value)]),
  );
  return (name) => {
    const value = figures.get(name);
    if (value === undefined) throw new Error(`the server has no figure ${name}`);
    return value;
  };
}
