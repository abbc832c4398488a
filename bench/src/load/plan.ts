/** Who connects and who writes to whom, as the load generator reads it (bench/load/plan.h). */
import { readFileSync, writeFileSync } from 'node:fs';

export interface PlannedRoom {
  readonly room: string;
  /** Numbers of sessions. For fan-out: the first and the last of the room's. */
  readonly sender: number;
  readonly receiver: number;
}

export interface Plan {
  /** One for each session, in the order of their numbers. */
  readonly tokens: readonly string[];
  readonly rooms: readonly PlannedRoom[];
}

/** Who is in a room of the plan: its sender and its receiver, or all sessions from the one to the other. */
export type PlanShape = 'direct' | 'groups';

/** The rooms in which each session is, by its token. */
export function roomsOfTokens({ tokens, rooms }: Plan, shape: PlanShape): Map<string, string[]> {
  const roomsOf = new Map(tokens.map((token): [string, string[]] => [token, []]));
  for (const { room, sender, receiver } of rooms) {
    const members =
      shape === 'groups' ? tokens.slice(sender, receiver + 1) : [tokens[sender], tokens[receiver]];
    for (const token of members) roomsOf.get(token ?? '')?.push(room);
  }
  return roomsOf;
}

export function writePlan(file: string, { tokens, rooms }: Plan): void {
  const lines = tokens.map((token) => `session ${token}\n`);
  for (const { room, sender, receiver } of rooms) lines.push(`room ${room} ${sender} ${receiver}\n`);
  writeFileSync(file, lines.join(''));
}

export function readPlan(file: string): Plan {
  const tokens: string[] = [];
  const rooms: PlannedRoom[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [kind, id = '', sender = '', receiver = ''] = line.split(' ');
    if (kind === 'session') tokens.push(id);
    if (kind === 'room') rooms.push({ room: id, sender: Number(sender), receiver: Number(receiver) });
  }
  return { tokens, rooms };
}
