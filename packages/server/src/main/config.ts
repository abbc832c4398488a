import type { SignUpPolicy } from '@maru/protocol';
import type { AddressRanges } from '../roles/edge/address-ranges.ts';
import { isOwnHost } from '../roles/edge/host.ts';
import { defaultDataFolder } from './data-folder.ts';
import { isLoopback, isPrivate } from './loopback.ts';
import { type DefaultedSetting, type Setting, type SettingName, settings, variableOf } from './settings.ts';
import type { KeyPairFiles } from './tls/key-pair.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Folder of the built web app; `off`: none is served; `undefined`: that of the checkout, if there is one. */
  readonly web: string | undefined;
  /** With them it serves https and wss alone. */
  readonly tls: KeyPairFiles | undefined;
  readonly publicUrl: URL | undefined;
  /** Whose `X-Forwarded-…` headers are believed (`[PRIV11]`). */
  readonly trustedProxies: AddressRanges | undefined;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly signUp: SignUpPolicy;
  readonly groupMembersMax: number;
  readonly channelMembersMax: number;
  readonly messageCharsMax: number;
  readonly commandsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly logInsPerSecond: number;
  readonly socketsPerAddressMax: number;
  readonly metricsPort: number | undefined;
  readonly metricsHost: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** What is wrong with what the operator gave, in one line that says what to do. Exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type GivenFlags = Readonly<Partial<Record<SettingName, string | boolean>>>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Flags before environment before defaults.
 * @throws {ConfigError}
 */
export function readConfig(flags: GivenFlags, environment: Environment): Config {
  const read = <N extends SettingName>(name: N) => resolve(name, flags, environment);
  const reached = {
    host: read('host'),
    tls: tlsFiles(read('tls-cert'), read('tls-key')),
    publicUrl: read('public-url'),
    trustedProxies: read('trusted-proxy'),
  };
  if (!read('insecure')) refuseInTheClear(reached);
  refuseUnnamedProxy(reached);
  const { publicUrl } = reached;
  const dataFolder = read('data') ?? defaultDataFolder(environment);
  if (dataFolder === undefined)
    throw new ConfigError('No home folder is known: name a data folder with --data DIR.');
  const allowedOrigins = new Set(read('allowed-origins'));
  if (publicUrl !== undefined) allowedOrigins.add(publicUrl.origin);
  return {
    ...reached,
    port: read('port'),
    dataFolder,
    web: read('web'),
    allowedOrigins,
    signUp: read('sign-up') ?? (isPrivate(reached) ? 'open' : 'invite'),
    groupMembersMax: read('group-members-max'),
    channelMembersMax: read('channel-members-max'),
    messageCharsMax: read('message-chars-max'),
    commandsPerSecond: read('rate-commands'),
    bytesPerSecond: read('rate-bytes'),
    logInsPerSecond: read('rate-log-ins'),
    socketsPerAddressMax: read('sockets-per-address-max'),
    metricsPort: read('metrics-port'),
    metricsHost: read('metrics-host'),
    logLevel: read('log-level'),
  };
}

type Reached = Pick<Config, 'host' | 'tls' | 'publicUrl' | 'trustedProxies'>;

function tlsFiles(cert: string | undefined, key: string | undefined): KeyPairFiles | undefined {
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (cert === undefined && key === undefined) return undefined;
  const [given, missing] = key === undefined ? ['cert', 'key'] : ['key', 'cert'];
  throw new ConfigError(`--tls-${given} is nothing without --tls-${missing}: give both.`);
}

function refuseInTheClear({ host, tls, trustedProxies }: Reached): void {
  if (isLoopback(host) || tls !== undefined || trustedProxies !== undefined) return;
  throw new ConfigError(
    `--host ${host} can be reached by others, and without TLS passwords and messages go in the clear, there are no ` +
      'secure cookies, and browsers refuse to install the app or to notify: give --tls-cert and --tls-key, or name a ' +
      'proxy that speaks TLS with --trusted-proxy (see docs/operations/tls.md), or add --insecure to listen all the same.',
  );
}

/** Behind a proxy that is not known as one, all people would count as one address and soon be refused. */
function refuseUnnamedProxy({ host, tls, publicUrl, trustedProxies }: Reached): void {
  if (publicUrl === undefined || isOwnHost(publicUrl.hostname)) return;
  if (!isLoopback(host) || tls !== undefined || trustedProxies !== undefined) return;
  throw new ConfigError(
    `--public-url ${publicUrl.origin} is not ${host}, so a proxy stands between them: ` +
      'name its address with --trusted-proxy, which is 127.0.0.1,::1 if it runs on this machine (see docs/operations/tls.md).',
  );
}

type ValueOf<N extends SettingName> =
  (typeof settings)[N] extends DefaultedSetting<infer T>
    ? T
    : (typeof settings)[N] extends Setting<infer T>
      ? T | undefined
      : never;

function resolve<N extends SettingName>(name: N, flags: GivenFlags, environment: Environment): ValueOf<N> {
  const setting: Setting<unknown> & { readonly byDefault?: string } = settings[name];
  const flag = flags[name];
  const variable = environment[variableOf(name)];
  const given = flag === undefined ? (variable ?? setting.byDefault) : String(flag);
  // By its declaration a setting without a default may be absent.
  if (given === undefined) return undefined as ValueOf<N>;
  const outcome = setting.read(given);
  if (typeof outcome !== 'string') return outcome.value as ValueOf<N>;
  const source = flag === undefined ? `${variableOf(name)}=${given}` : `--${name} ${given}`;
  throw new ConfigError(`${source}: expected ${outcome}.`);
}
