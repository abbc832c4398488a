/** The refusals that a room's rules give. */
import type { ErrorBody, ErrorCode, Power } from '@maru/protocol';
import { levelOf, RECIPIENT_UNAVAILABLE, refusal } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import type { RoomState } from './state.ts';

type Refused = Decision & { kind: 'refused' };

const SENTENCES: { readonly [code in ErrorCode]?: string } = {
  'bad-request': 'The command is not well-formed.',
  'not-found': 'There is no such room, person or message.',
  forbidden: 'You may not do that here.',
  'id-too-old': 'This id is too old to be known, and will not be taken any more.',
  'link-invalid': 'This link lets nobody in (any more). Ask for another.',
  'already-deleted': 'The message was deleted.',
  'too-many': 'There are as many as there may be.',
  'room-full': 'The room can have no more members.',
  'room-exists': 'A room with this id exists.',
  'recipient-unavailable': RECIPIENT_UNAVAILABLE,
  'contacts-only': 'This person takes that from their contacts only. Ask to be one.',
  'relation-changed': 'What you two are to each other has changed meanwhile.',
  internal: 'The server failed to carry this out.',
};

/** Newer rules are known only after an upgrade. */
const RULES_UNKNOWN_RETRY_MS = 60_000;

/**
 * The error of a recorded refusal, the first time and at every repetition. It is final: the same id gets it for ever, so
 * it is never retryable, whatever its code says of other cases.
 */
export function recordedError(code: ErrorCode, details?: Parameters<typeof refusal>[2]): ErrorBody {
  return { ...refusal(code, SENTENCES[code] ?? 'The command was refused.', details), retryable: false };
}

/** Refuses a member: recorded, if the command has a name that a retry could come under. */
export function refuse(
  command: RoomCommand,
  code: ErrorCode,
  details?: Parameters<typeof refusal>[2],
): Refused {
  return { kind: 'refused', error: recordedError(code, details), recorded: isNamed(command) };
}

/** Refuses a member what the group keeps to others: `field` names the power or right. */
export function refusePower(state: RoomState, command: RoomCommand, power: Power): Refused {
  const refused = refuse(command, 'forbidden', { field: power });
  if (state.roomKind === 'direct') return refused;
  const who = levelOf(state.facts, power) === 'owner' ? 'its owner' : 'its owner and administrators';
  const message = `In this group '${power}' is for ${who}.`;
  return { ...refused, error: { ...refused.error, message } };
}

/** Refuses whoever has no room to record it in, or is not in it (`[PRIV1]`). */
export function refuseUnrecorded(code: ErrorCode, details?: Parameters<typeof refusal>[2]): Refused {
  return { kind: 'refused', error: recordedError(code, details), recorded: false };
}

/** Refuses who was removed and comes with a link from before (`[LINK5]`): that another would let them in is not so. */
export function refuseRemoved(): Refused {
  const message =
    'You were removed, and links from before let you in no more. Ask somebody there to add you, or for a new link.';
  const refused = refuseUnrecorded('link-invalid', { field: 'removed' });
  return { ...refused, error: { ...refused.error, message } };
}

/** Refuses what the newer rules of the room may take: the same command may come again once they are known. */
export function refuseRulesUnknown(): Refused {
  const sentence = 'The room runs by rules that this server does not know yet.';
  const error = refusal('rules-unknown', sentence, { retryAfterMs: RULES_UNKNOWN_RETRY_MS });
  return { kind: 'refused', error, recorded: false };
}

/** Whether a device gave the command a name; what the server does itself has none. */
export function isNamed(command: RoomCommand): boolean {
  return command.device !== undefined && command.clientMessageId !== undefined;
}
