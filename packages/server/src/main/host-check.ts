import { type ErrorBody, refusal } from '@maru/protocol';
import { isOwnHost, nameIn } from '../roles/edge/host.ts';
import type { Config } from './config.ts';
import { isPrivate } from './loopback.ts';

const NOT_HERE = refusal(
  'origin-refused',
  'This server answers on its own machine only. If a proxy stands before it, name it with --trusted-proxy.',
);

/**
 * Whether a request was meant for this server, by the name that it was looked for under (`[PRIV10]`). A server whose
 * address the operator named with `--public-url` takes that name, those of the allowed origins, and what can only mean
 * this machine; one for its own machine alone takes the last only; any other can't know its names and takes all. A
 * request without a `Host` is no browser's, so that nobody can have led it here.
 */
export function hostCheck(config: Config): (host: string) => ErrorBody | undefined {
  const { publicUrl, allowedOrigins } = config;
  if (publicUrl === undefined && !isPrivate(config)) return () => undefined;
  const names = new Set([...allowedOrigins].map((origin) => URL.parse(origin)?.hostname));
  const refused =
    publicUrl === undefined
      ? NOT_HERE
      : refusal(
          'origin-refused',
          `This server is at ${publicUrl.origin}: a proxy before it has to pass the Host on as it comes.`,
        );
  return (host) => {
    const name = nameIn(host);
    return name === '' || names.has(name) || isOwnHost(name) ? undefined : refused;
  };
}
