import path from 'node:path';
import { faultFields } from '../ports/logger.ts';
import { compose } from './compose.ts';
import type { Config } from './config.ts';
import { inviteFirstAdministrator } from './first-administrator.ts';
import { greeting } from './greeting.ts';
import { listen } from './listen.ts';
import { createLogger } from './logger.ts';
import { machineFigures } from './machine-figures.ts';
import { noticeFileLimit } from './notice-file-limit.ts';
import { openEngine } from './open-engine.ts';
import { StartError } from './start-error.ts';
import { systemClock, systemRandom } from './system-clock.ts';
import { type KeyPair, KeyPairError, type KeyPairFiles, readKeyPair, validUntil } from './tls/key-pair.ts';
import { KeyPairWatch } from './tls/watch-key-pair.ts';
import { openWebApp } from './web-folder.ts';

export interface RunningServer extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  /** What an operator should read first: three lines. */
  readonly greeting: readonly [string, string, string];
  /** Resolves if the storage can no longer say what is stored: the process must end as it stands (`[DUR4]`). */
  readonly broken: Promise<'broken'>;
}

/**
 * Starts a whole server in this process; closing it drains it (`[SLOW5]`).
 * @throws {StartError}
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const { metricsHost, metricsPort, tls } = config;
  const dataFolder = path.resolve(config.dataFolder);
  const log = createLogger(config.logLevel);
  await noticeFileLimit(config.socketsPerAddressMax, log);
  const { promise: broken, resolve: onBroken } = Promise.withResolvers<'broken'>();
  const keyPair = tls === undefined ? undefined : await loadKeyPair(tls);
  const webApp = await openWebApp(config, log);
  await using started = new AsyncDisposableStack();
  const engine = started.use(await openEngine(dataFolder, log));
  const metrics =
    metricsPort === undefined ? undefined : (await import('./metrics/metrics.ts')).createMetrics();
  const onStorageBroken = (error: unknown) => {
    log.error(faultFields(error), 'the storage broke: stopping, so that nothing is said that is not so');
    onBroken('broken');
  };
  void engine.broken.then(onStorageBroken);
  const composition = compose(config, {
    engine: metrics?.measureEngine(engine) ?? engine,
    clock: systemClock,
    random: systemRandom,
    log,
    viewsBehind: () => engine.viewsBehind,
    machine: () => machineFigures(dataFolder),
    measure: (rooms) => metrics?.measureRooms(rooms) ?? rooms,
    onBroken: onStorageBroken,
  });
  started.defer(() => composition.drain());
  const http = listen(config, composition, { log, clock: systemClock, keyPair, webApp });
  started.defer(async () => {
    await composition.drain();
    await http.stop();
  });
  if (tls !== undefined && keyPair !== undefined) {
    const use = (pair: KeyPair) => http.listeners.replace(pair);
    started.use(new KeyPairWatch(tls, keyPair, { clock: systemClock, log, use }));
  }
  if (metrics !== undefined && metricsPort !== undefined) {
    const readings = {
      sessions: () => composition.gateway.stats(),
      commitQueue: () => composition.committer.waiting,
      viewsLag: () => engine.viewsBehind,
      deadLetters: composition.deadLetters,
      logInFailures: composition.logInFailures,
    };
    started.use(metrics.serve(metricsHost, metricsPort, readings));
  }
  const administratorInvite = await inviteFirstAdministrator(engine.directory, systemClock, systemRandom);
  const running = started.move();
  return {
    url: http.url,
    greeting: greeting({
      ...config,
      url: http.url,
      administratorInvite,
      dataFolder,
      webApp: webApp !== undefined,
    }),
    broken,
    async [Symbol.asyncDispose]() {
      log.info({}, 'stopping');
      await running.disposeAsync();
      log.info({}, 'stopped');
    },
  };
}

/** @throws {StartError} */
async function loadKeyPair(files: KeyPairFiles): Promise<KeyPair> {
  try {
    const pair = await readKeyPair(files);
    validUntil(pair, files);
    return pair;
  } catch (cause) {
    if (cause instanceof KeyPairError) throw new StartError(cause.message, { cause });
    throw cause;
  }
}
