import type { Environment, Http } from './environment.ts';
import type { Transport } from './wire/transport.ts';
import { webSocketTransport } from './wire/websocket-transport.ts';

/** How long an HTTP answer may take. */
const HTTP_TIMEOUT_MS = 30_000;

/** Real time, chance and network of a browser, Bun or Node. The only place in the SDK that touches them. */
export function systemEnvironment(transport: Transport = webSocketTransport()): Environment {
  return {
    clock: {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    transport,
    http: fetchHttp,
  };
}

const fetchHttp: Http = async ({
  method,
  url,
  headers,
  body,
  cookies,
  signal,
  timeoutMs = HTTP_TIMEOUT_MS,
}) => {
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, {
    method,
    headers,
    credentials: cookies ? 'include' : 'omit',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
};
