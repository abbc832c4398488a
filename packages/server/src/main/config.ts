import type { SignUpPolicy } from '@maru/protocol';
import { defaultDataFolder } from './data-folder.ts';
import { isLoopback } from './loopback.ts';
import { type DefaultedSetting, type Setting, type SettingName, settings, variableOf } from './settings.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly publicUrl: URL | undefined;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly signUp: SignUpPolicy;
  readonly groupMembersMax: number;
  readonly messageCharsMax: number;
  readonly commandsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly logInsPerSecond: number;
  readonly socketsPerAddressMax: number;
  readonly metricsPort: number | undefined;
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
  const host = read('host');
  const insecure = read('insecure');
  if (!isLoopback(host) && !insecure) {
    throw new ConfigError(
      `--host ${host} can be reached by others and Maru has no TLS of its own yet: ` +
        'put a proxy with TLS before it, or add --insecure to listen there anyway.',
    );
  }
  const dataFolder = read('data') ?? defaultDataFolder(environment);
  if (dataFolder === undefined)
    throw new ConfigError('No home folder is known: name a data folder with --data DIR.');
  const publicUrl = read('public-url');
  const allowedOrigins = new Set(read('allowed-origins'));
  if (publicUrl !== undefined) allowedOrigins.add(publicUrl.origin);
  return {
    host,
    port: read('port'),
    dataFolder,
    publicUrl,
    allowedOrigins,
    signUp: read('sign-up') ?? (isLoopback(host) && publicUrl === undefined ? 'open' : 'invite'),
    groupMembersMax: read('group-members-max'),
    messageCharsMax: read('message-chars-max'),
    commandsPerSecond: read('rate-commands'),
    bytesPerSecond: read('rate-bytes'),
    logInsPerSecond: read('rate-log-ins'),
    socketsPerAddressMax: read('sockets-per-address-max'),
    metricsPort: read('metrics-port'),
    logLevel: read('log-level'),
  };
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
