import type { SignUpPolicy } from '@maru/protocol';
import { inviteLink } from '../roles/edge/invite-link.ts';
import type { Config } from './config.ts';

export interface GreetingFacts {
  /** Where it listens. */
  readonly url: string;
  readonly publicUrl: URL | undefined;
  readonly signUp: SignUpPolicy;
  /** What makes the administrator, while there is none. */
  readonly administratorInvite: string | undefined;
  readonly dataFolder: string;
  /** Whether a browser finds an app there. */
  readonly webApp: boolean;
}

/** What `maru serve` says when it is there: where it is, how to send a first message, where the data lies. */
export function greeting(facts: GreetingFacts): readonly [string, string, string] {
  const { dataFolder, publicUrl, url: listening } = facts;
  const url = publicUrl?.href.replace(/\/+$/, '') ?? listening;
  const server = url === 'http://127.0.0.1:8787' ? '' : ` --server ${url}`;
  const steps = firstSteps({ ...facts, url }, server).join(', then … ');
  const at = url === listening ? url : `${url}, listening on ${listening}`;
  return [
    `Maru is at ${at} (its API: ${url}/docs).`,
    `First message: ${inBrowser({ ...facts, url })}npm run -s maru -- ${steps}`,
    `The data lies in ${dataFolder}.`,
  ];
}

function inBrowser({ webApp, administratorInvite, url }: GreetingFacts): string {
  if (!webApp) return '';
  const page = administratorInvite === undefined ? url : inviteLink(url, administratorInvite);
  return `open ${page} in a browser, or: `;
}

/** @param server the option that names the server, where it isn't the usual one */
function firstSteps(
  { signUp, administratorInvite, url }: Pick<GreetingFacts, 'signUp' | 'administratorInvite' | 'url'>,
  server: string,
): string[] {
  const send = 'send @FRIEND "Hello!"';
  const you =
    administratorInvite === undefined
      ? `${signUp === 'open' ? 'sign-up' : 'log-in'} YOU${server}`
      : `sign-up YOU --invite ${inviteLink(url, administratorInvite)} (once: it makes you the administrator)`;
  switch (signUp) {
    case 'open':
      return [you, `sign-up FRIEND${server} --profile friend`, send];
    case 'invite':
      return [you, 'invite (a code for a friend)', send];
    case 'closed':
      return [you, send];
  }
}

/** How this machine reaches a server that listens on `host`: an address that means all is none to go to. */
export function urlOf({ host, tls }: Pick<Config, 'host'> & { readonly tls: boolean }, port: number): string {
  const scheme = tls ? 'https' : 'http';
  if (host === '0.0.0.0') return `${scheme}://127.0.0.1:${port}`;
  if (host === '::') return `${scheme}://[::1]:${port}`;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
