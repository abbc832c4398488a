import { createServer } from 'node:net';
import * as z from 'zod';
import type { Check } from './check.ts';
import { listeningProcess } from './listening-process.ts';

const ASK_MS_MAX = 1_000;

/** As much of what a server says of itself as is needed here. */
const serverSchema = z.object({ name: z.literal('maru'), version: z.string() });

export async function checkPort(host: string, port: number): Promise<Check> {
  const code = await tryToListen(host, port);
  const about = { name: 'port', values: { host, port } };
  switch (code) {
    case undefined:
      return { ...about, state: 'ok', found: `${host} port ${port} is free` };
    case 'EADDRINUSE':
      return { ...about, ...(await whoIsThere(host, port)) };
    case 'EACCES': {
      const advice = `Give one above 1023 with --port, with a proxy before it; or let this program: setcap cap_net_bind_service=+ep ${process.execPath}.`;
      return { ...about, state: 'fail', found: `port ${port} may not be used by this user`, advice };
    }
    default: {
      const advice = 'Give an address of this machine with --host.';
      return {
        ...about,
        state: 'fail',
        found: `${host} port ${port} can't be listened on (${code})`,
        advice,
      };
    }
  }
}

/** Listens for a moment. The code of what is against it, or `undefined`. */
function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : 'unknown'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

async function whoIsThere(host: string, port: number): Promise<Pick<Check, 'state' | 'found' | 'advice'>> {
  const [version, program] = await Promise.all([maruVersion(host, port), listeningProcess(port)]);
  const by = program === undefined ? '' : `, ${program}`;
  if (version !== undefined) {
    return { state: 'ok', found: `a Maru server ${version} runs on ${host} port ${port}${by}` };
  }
  return {
    state: 'fail',
    found: `${host} port ${port} is in use${program === undefined ? ' by a program of somebody else' : ` by ${program}`}`,
    advice: 'Stop what uses it, or give another port with --port.',
  };
}

/** The version of the Maru server that answers there, if one does, with TLS or without. */
async function maruVersion(host: string, port: number): Promise<string | undefined> {
  const reached =
    { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  const asked = ['http', 'https'].map((scheme) => versionAt(`${scheme}://${reached}:${port}`));
  return (await Promise.all(asked)).find((version) => version !== undefined);
}

async function versionAt(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/v1/server`, {
      signal: AbortSignal.timeout(ASK_MS_MAX),
      // Asked is who it is, on this machine; its certificate is for another name.
      tls: { rejectUnauthorized: false },
    });
    const about = serverSchema.safeParse(await answer.json());
    return about.success ? about.data.version : undefined;
  } catch {
    return undefined;
  }
}
