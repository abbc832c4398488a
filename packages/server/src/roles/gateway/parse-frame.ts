import {
  type CommandFrame,
  clientMessageId,
  type ErrorBody,
  refusal,
  roomId,
  type UpFrame,
  upFrame,
} from '@maru/protocol';
import { checkJsonBounds } from '../edge/json-bounds.ts';
import { shapeRefusal } from '../edge/shape-refusal.ts';
import type { FrameName } from './down-frames.ts';
import { parsePlainFrame } from './parse-plain-frame.ts';

export type ParsedFrame =
  | { readonly kind: 'frame'; readonly frame: UpFrame }
  /** `name`: what the client knows the frame by, where so much of it could be read. */
  | { readonly kind: 'refused'; readonly error: ErrorBody; readonly name: FrameName | undefined };

/** Reads what a client sent, once (`[WIRE2]`, `[WIRE3]`). */
export function parseFrame(text: string): ParsedFrame {
  const plain = parsePlainFrame(text);
  if (plain !== undefined) return { kind: 'frame', frame: plain };
  const unbounded = checkJsonBounds(text);
  if (unbounded !== undefined) return { kind: 'refused', error: unbounded, name: undefined };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return notAFrame('The frame is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return notAFrame('A frame is one JSON object.');
  }
  const parsed = upFrame.safeParse(value);
  if (parsed.success) return { kind: 'frame', frame: parsed.data };
  return { kind: 'refused', error: wrongShape(value, parsed.error), name: nameOf(value) };
}

function notAFrame(message: string): ParsedFrame {
  return { kind: 'refused', error: refusal('not-json', message), name: undefined };
}

function wrongShape(value: object, error: Parameters<typeof shapeRefusal>[0]): ErrorBody {
  if ('kind' in value && typeof value.kind === 'string') return shapeRefusal(error);
  return refusal('bad-request', 'A frame has a `kind`.', { field: 'kind' });
}

const REQUEST_ID_MAX = 2 ** 32;
/** Known by room and `clientMessageId`; what has an `id` is known by that. */
const COMMANDS: Readonly<Record<CommandFrame['kind'], true>> = {
  send: true,
  edit: true,
  delete: true,
  create: true,
  add: true,
  remove: true,
  leave: true,
  rename: true,
  'set-history': true,
  describe: true,
  relate: true,
};

/** What a frame is known by on the other side, of a frame that is otherwise wrong. */
function nameOf(value: object): FrameName | undefined {
  if ('kind' in value && typeof value.kind === 'string' && Object.hasOwn(COMMANDS, value.kind)) {
    const room = roomId.safeParse('room' in value ? value.room : undefined);
    const id = clientMessageId.safeParse('clientMessageId' in value ? value.clientMessageId : undefined);
    return room.success && id.success ? { room: room.data, clientMessageId: id.data } : undefined;
  }
  const id = 'id' in value ? value.id : undefined;
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= REQUEST_ID_MAX
    ? { id }
    : undefined;
}
