import type { DeviceId, RoomId } from '@maru/protocol';
import type { SendOutcome } from '../../core/room/state.ts';
import type { Engine } from '../../ports/engine.ts';
import type { RoomLogEntry } from '../../ports/log.ts';
import type { Findings } from './finding.ts';

/** Looks whether a command's repetition would get the answer that its entry says (`[ONCE1]`). */
export async function checkCommand(
  engine: Engine,
  entry: RoomLogEntry,
  findings: Findings,
): Promise<{ readonly room: RoomId; readonly device: DeviceId } | undefined> {
  const command = commandOf(entry);
  if (command === undefined) return undefined;
  const { room, position } = entry;
  const { device, outcome } = command;
  const found = await engine.rooms.outcome(room, device, command.clientMessageId);
  if (!Bun.deepEquals(found, outcome)) {
    const seq = outcome.kind === 'event' ? { seq: outcome.seq } : {};
    // What is found under another number was stored twice.
    const isDouble = found?.kind === 'event' && outcome.kind === 'event' && found.seq !== outcome.seq;
    const code = isDouble ? 'double' : 'projection';
    const detail = isDouble
      ? `the same command as ${found.seq}`
      : `command: ${found === undefined ? 'not found' : 'another outcome'}`;
    findings.add({ code, detail, room, position, ...seq });
  }
  return { room, device };
}

function commandOf(entry: RoomLogEntry) {
  if (entry.type === 'refusal') {
    const { device, clientMessageId, code } = entry.refusal;
    return { device, clientMessageId, outcome: { kind: 'refusal', code } satisfies SendOutcome };
  }
  if (entry.type === 'marks') return undefined;
  const { device, clientMessageId, seq, at } = entry.type === 'event' ? entry.event : entry.reader;
  if (device === undefined || clientMessageId === undefined) return undefined;
  return { device, clientMessageId, outcome: { kind: 'event', seq, at } satisfies SendOutcome };
}
