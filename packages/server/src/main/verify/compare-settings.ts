import type { UserId } from '@maru/protocol';
import type { Engine } from '../../ports/engine.ts';
import type { Position } from '../../ports/position.ts';
import type { Findings } from './finding.ts';
import type { ReplayedRooms } from './replayed-rooms.ts';

/** Compares what a user keeps for themselves with what the replay gives. */
export async function compareSettings(
  engine: Engine,
  replayed: ReplayedRooms,
  user: UserId,
  findings: Findings,
): Promise<void> {
  const start = 0 as Position;
  const expected = await replayed.engine.settings.changes(user, start);
  const placed = expected.map((setting) => ({ ...setting, position: replayed.placeOf(setting.position) }));
  if (Bun.deepEquals(await engine.settings.changes(user, start), placed)) return;
  findings.add({ code: 'projection', detail: "the user's own settings: not what a replay gives", user });
}
