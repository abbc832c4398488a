import { type Cursor, type DeviceId, type Figures, limits } from '@maru/protocol';
import { RULES_VERSION } from '../core/room/state.ts';
import { createAvatarImages } from '../engines/images/avatar-images.ts';
import type { AvatarImages } from '../ports/avatar-images.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Engine } from '../ports/engine.ts';
import { faultFields, type Logger } from '../ports/logger.ts';
import type { Rooms } from '../ports/rooms.ts';
import { createDepartures, type Departures } from '../roles/api/account/departures.ts';
import { createApi } from '../roles/api/app.ts';
import type { ApiApp } from '../roles/api/register.ts';
import { Committer } from '../roles/commit/committer.ts';
import { BodyBudget } from '../roles/edge/body-budget.ts';
import { createCredentials } from '../roles/edge/credentials.ts';
import { DeviceRequests } from '../roles/edge/device-requests.ts';
import { GuessLimits } from '../roles/edge/guess-limits.ts';
import { createIntake } from '../roles/edge/intake.ts';
import { loggedReports } from '../roles/edge/logged-reports.ts';
import { createPasswords, type Passwords } from '../roles/edge/passwords.ts';
import { TokenBuckets } from '../roles/edge/token-bucket.ts';
import { uuidsFrom } from '../roles/edge/uuids-from.ts';
import { withGoneAskers } from '../roles/edge/with-gone-askers.ts';
import { withReports } from '../roles/edge/with-reports.ts';
import { deviceRates } from '../roles/gateway/device-line.ts';
import { createGateway, type Gateway } from '../roles/gateway/gateway.ts';
import { createDelivery } from '../roles/gateway/live-sessions.ts';
import { socketRates } from '../roles/gateway/socket-limits.ts';
import { type DeadLetter, deadLetterFields } from '../roles/room-worker/dead-letter.ts';
import { createRoomWorker } from '../roles/room-worker/room-worker.ts';
import { Expirer } from '../roles/time/expirer.ts';
import { Scheduler } from '../roles/time/scheduler.ts';
import { SteadyClock } from '../roles/time/steady-clock.ts';
import { createUserWorker } from '../roles/user-worker/user-worker.ts';
import type { Config } from './config.ts';
import type { MachineFigures } from './machine-figures.ts';
import { VERSION } from './version.ts';

/** Log-ins and sign-ups at once from one address: a school class that begins its lesson. */
const LOG_INS_BURST = 60;
/** Addresses' worth of log-ins that one network (an IPv6 /48) may use. */
const LOG_INS_ADDRESSES_PER_NETWORK = 8;

export interface Surroundings {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** The engine can no longer say what is stored. */
  readonly onBroken: (error: unknown) => void;
  /** Handed in by a simulation, which can't wait for another thread. */
  readonly passwords?: Passwords;
  /** Handed in by tests that need no real image. */
  readonly avatarImages?: AvatarImages;
  /** Entries of the log that the projections have still to take in; absent where they never lag. */
  readonly viewsBehind?: () => number;
  /** What the process and its data take. */
  readonly machine?: () => Promise<MachineFigures>;
  /** Puts a meter before the rooms. */
  readonly measure?: (rooms: Rooms) => Rooms;
}

/** All roles in one process, and how they end. */
export interface Composition {
  readonly api: ApiApp;
  readonly gateway: Gateway;
  readonly committer: Committer;
  readonly departures: Departures;
  /** How many dead letters there were since the start (`[ORD7]`). */
  readonly deadLetters: () => number;
  /** Log-ins with a wrong password, and those refused for them, since the start (`[LIMIT9]`). */
  readonly logInFailures: () => number;
  /** Refuses what is new, commits what was accepted, sends everybody away to come back, and lets go of all but the engine. */
  drain(): Promise<void>;
}

/** Puts the roles together. Only what is given here tells an embedded server from a test or a simulation. */
export function compose(config: Config, surroundings: Surroundings): Composition {
  const { engine, clock, random, log, onBroken } = surroundings;
  const { passwords = createPasswords(clock), measure = (rooms) => rooms } = surroundings;
  const { avatarImages = createAvatarImages() } = surroundings;
  const { directory, inboxes: store } = engine;
  const credentials = createCredentials({ directory, clock, random });
  const onLeft = (device: DeviceId) => credentials.touch(device);
  const onCursor = (device: DeviceId, cursor: Cursor) => credentials.touch(device, cursor);
  const workers = composeWorkers(config, surroundings, { onLeft, onCursor });
  const { live, committer, users, worker, expirer, reports, deadLetters } = workers;
  const rooms = measure(worker);
  const { intake, later } = composeLater(config, surroundings, { ...workers, rooms });
  const leaving = { directory, inboxes: store, asked: engine.rooms, rooms, own: users, clock, log };
  const departures = createDepartures(leaving);
  const edge = {
    clock,
    random,
    log,
    rooms,
    inboxes: users,
    credentials,
    limits: limitsInForce(config),
    intake,
    later,
    origins: config.allowedOrigins,
    bodies: new BodyBudget(clock),
    uuids: uuidsFrom(clock, random),
  };
  const gateway = createGateway({ ...edge, live, socketRates: socketRates(config.socketsPerAddressMax) });
  const guesses = new GuessLimits(clock, log);
  const deviceRequests = new DeviceRequests(clock, random);
  let drained: Promise<void> | undefined;
  const api = createApi({
    ...edge,
    directory,
    reports,
    avatarImages,
    sessions: live,
    passwords,
    departures,
    poll: (request, arrival) => gateway.poll(request, arrival),
    figures: figuresOf(surroundings, { ...workers, gateway, guesses }),
    onBroken,
    requestRates: new TokenBuckets(clock, ratesOf(config).frames),
    byteRates: new TokenBuckets(clock, ratesOf(config).bytes),
    guesses,
    deviceRequests,
    ...logInRates(clock, config),
    settings: { ...config, version: VERSION, limits: edge.limits },
    isReady: () => drained === undefined,
  });
  async function drain(): Promise<void> {
    deviceRequests.close();
    await gateway.drain();
    // Who decides ends before who commits.
    for (const role of [departures, expirer, later, worker, users, committer, gateway])
      await role[Symbol.asyncDispose]();
    await credentials.close();
  }
  void departures.wake();
  return {
    api,
    gateway,
    committer,
    departures,
    deadLetters,
    logInFailures: () => guesses.failures,
    drain() {
      drained ??= drain();
      return drained;
    },
  };
}

/** What owns rooms and users, and delivers. */
function composeWorkers(
  config: Config,
  { engine, clock, log, onBroken }: Surroundings,
  { onLeft, onCursor }: { onLeft(device: DeviceId): void; onCursor(device: DeviceId, cursor: Cursor): void },
) {
  const { inboxes: store, settings, rooms, directory } = engine;
  const reports = loggedReports(engine.reports, log);
  const onFault = (fault: unknown) => log.error(faultFields(fault), 'a fault');
  const live = createDelivery({ clock, rates: ratesOf(config), onLeft });
  const committer = new Committer({ log: engine.log, onBroken, onFault });
  const shared = { committer, delivery: live, clock, onFault };
  const users = createUserWorker({ ...shared, log: engine.log, store, settings, rooms, directory, onCursor });
  let deadLetters = 0;
  const time = new SteadyClock(clock);
  const worker = createRoomWorker({
    ...{ ...shared, store: rooms, feed: users.feed, policy: users, reports },
    onDeadLetter(letter: DeadLetter) {
      deadLetters++;
      log.error(
        deadLetterFields(letter),
        'a dead letter: the rules failed at a command, it is refused for good',
      );
    },
    onUnknownRules(room, rulesVersion) {
      const fields = { room, rulesVersion, known: RULES_VERSION };
      log.error(fields, 'a room runs by rules of a newer version: its commands are refused until that runs');
    },
    onExpiring: (expiresAt) => expirer.note(expiresAt),
  });
  const expirer = new Expirer({ store: rooms, rooms: worker, committer, clock, time, onFault });
  return { live, committer, users, worker, expirer, time, reports, deadLetters: () => deadLetters };
}

/** What takes commands in, and what sends some of them later. */
function composeLater(
  config: Config,
  { engine, clock, log, onBroken }: Surroundings,
  {
    rooms,
    live,
    committer,
    users,
    time,
  }: Pick<ReturnType<typeof composeWorkers>, 'live' | 'committer' | 'users' | 'time'> & { rooms: Rooms },
) {
  const { directory, schedules } = engine;
  const checking = createIntake({ directory, relations: users, clock, ...limitsInForce(config) });
  const reporting = withReports(checking, { rooms, inboxes: users });
  const intake = withGoneAskers(reporting, { rooms, directory, clock });
  const onFault = (fault: unknown) => log.error(faultFields(fault), 'a fault');
  const shared = { schedules, directory, rooms, intake, committer, clock, time, onFault, onBroken };
  return { intake, later: new Scheduler({ ...shared, delivery: live }) };
}

/** Reads what administrators see (`[ADMIN9]`). */
function figuresOf(
  { clock, viewsBehind, machine }: Surroundings,
  parts: Pick<Composition, 'gateway' | 'committer' | 'deadLetters'> & { readonly guesses: GuessLimits },
): () => Promise<Figures> {
  const { gateway, committer, deadLetters, guesses } = parts;
  const startedAt = clock.now();
  return async () => {
    const stats = gateway.stats();
    const taken = await machine?.();
    return {
      at: clock.now(),
      startedAt,
      version: VERSION,
      sessions: stats.sessions,
      polledSessions: stats.polled,
      framesReceived: stats.framesReceived,
      framesSent: stats.framesSent,
      slowSessions: stats.slow,
      rateLimited: stats.rateLimited,
      logInFailures: guesses.failures,
      deadLetters: deadLetters(),
      commitQueue: committer.waiting,
      viewsLag: viewsBehind?.() ?? 0,
      ...(taken !== undefined && { machine: taken }),
    };
  };
}

function logInRates(clock: Clock, { logInsPerSecond: perSecond }: Config) {
  const times = LOG_INS_ADDRESSES_PER_NETWORK;
  return {
    accountRates: new TokenBuckets(clock, { perSecond, burst: LOG_INS_BURST }),
    networkRates: new TokenBuckets(clock, { perSecond: times * perSecond, burst: times * LOG_INS_BURST }),
  };
}

function limitsInForce({ messageCharsMax, groupMembersMax, channelMembersMax }: Config) {
  return {
    messageCharsMax,
    groupMembersMax,
    channelMembersMax,
    frameBytesMax: limits.FRAME_BYTES_MAX,
    sendsInFlightMax: limits.SENDS_IN_FLIGHT_MAX,
  };
}

function ratesOf({ commandsPerSecond, bytesPerSecond }: Config) {
  return deviceRates(commandsPerSecond, bytesPerSecond);
}
