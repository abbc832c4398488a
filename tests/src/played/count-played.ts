import type { SimDevice } from '../simulation/sim-device.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { readTruth, type TrueEvent } from '../simulation/truth.ts';

/** What the logs say that was done, how often. */
const DONE = {
  messages: ({ kind }) => kind === 'message',
  edits: ({ kind }) => kind === 'edit',
  deletions: ({ kind }) => kind === 'deletion',
  answers: ({ replyTo }) => replyTo !== undefined,
  reactions: ({ change }) => change?.type === 'reacted',
  pins: ({ change }) => change?.type === 'pinned',
  removals: ({ change }) => change?.type === 'removed',
  departures: ({ change }) => change?.type === 'left',
  arrivals: ({ change }) => change?.type === 'joined',
  roles: ({ change }) => change?.type === 'role-set',
  rights: ({ change }) => change?.type === 'rights-set',
  slowModes: ({ change }) => change?.type === 'slow-mode-set',
  links: ({ change }) => change?.type === 'link-made',
  timers: ({ change }) => change?.type === 'timer-set',
  vanished: ({ expiresAt }) => expiresAt !== undefined,
  requests: (event) => actOf(event) === 'request',
  accepted: (event) => actOf(event) === 'accept',
  refused: (event) => actOf(event) === 'refuse',
  blocks: (event) => actOf(event) === 'block',
  unblocks: (event) => actOf(event) === 'unblock',
} as const satisfies Readonly<Record<string, (event: TrueEvent) => boolean>>;

/** What the simulation did, by the words of its trace. */
const NOTED = {
  restarts: ['server', 'restart', 'much'],
  deaths: ['device', 'off'],
  cuts: ['cut', 'silent', 'cut-all', 'offline'],
  fullDisks: ['disk'],
} as const;

export type Figures = Readonly<
  Record<keyof typeof DONE | keyof typeof NOTED | (typeof SUMS)[number], number>
>;
const SUMS = ['people', 'devices', 'rooms', 'lines', 'heard', 'forwards', 'kept', 'lost'] as const;

/** What came to pass in a session that was played to its end. */
export async function countPlayed(
  simulation: Simulation,
  { kept, heard }: Pick<Figures, 'kept' | 'heard'>,
): Promise<Figures> {
  const { server, devices, users, trace } = simulation;
  const truth = await readTruth(server.engine);
  const events = [...truth.values()].flatMap((room) => room.events);
  const counts: Record<string, number> = {};
  for (const [what, isOne] of Object.entries(DONE)) counts[what] = events.filter(isOne).length;
  const words = trace.map((line) => line.split(' ')[1] ?? '');
  for (const [what, those] of Object.entries(NOTED))
    counts[what] = words.filter((word) => (those as readonly string[]).includes(word)).length;
  const sum = (of: (device: SimDevice) => number) => devices.reduce((all, device) => all + of(device), 0);
  return {
    ...(counts as Figures),
    ...{ people: users.length, devices: devices.length, rooms: truth.size, kept, heard },
    lines: words.filter((word) => word === 'line').length,
    forwards: sum(({ forwarded }) => forwarded.filter(({ outcome }) => outcome === 'accepted').length),
    lost: sum(({ lost }) => lost),
  };
}

function actOf({ change }: TrueEvent): string | undefined {
  return change !== undefined && 'act' in change ? change.act : undefined;
}
