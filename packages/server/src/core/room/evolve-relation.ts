import type { RelationEventAct, UserId } from '@maru/protocol';
import { unreachable } from '../unreachable.ts';
import type { RoomEvent } from './event.ts';
import { OPEN, type Relation, type Side, STRANGERS, shared } from './relation.ts';
import { FACTS_RULES_VERSION, FIRST_RULES_VERSION } from './state.ts';

/** The relation that a room begins with; `undefined` for a group. */
export function firstRelation(event: RoomEvent): Relation | undefined {
  const { change, sender, rulesVersion = FIRST_RULES_VERSION } = event;
  if (change?.type !== 'created' || change.roomKind !== 'direct') return undefined;
  if (change.act === undefined) return rulesVersion < FACTS_RULES_VERSION ? OPEN : STRANGERS;
  const relation = afterAct(STRANGERS, event, change.act, sender);
  return change.act === 'block' ? { ...relation, hidden: true } : relation;
}

/** The relation after one more event of the room: the same object where it changes nothing, as mostly. */
export function relationAfter(
  relation: Relation | undefined,
  event: RoomEvent,
  creator: UserId,
): Relation | undefined {
  if (relation === undefined || event.change?.type !== 'related') return relation;
  return afterAct(relation, event, event.change.act, creator);
}

type Sides = readonly [mine: Side, others: Side];
/** What an event stamps on the side of who is told of it. */
type Told = Pick<Side, 'seq' | 'at' | 'by'>;

function afterAct(relation: Relation, event: RoomEvent, act: RelationEventAct, creator: UserId): Relation {
  const { seq, at, device } = event;
  const told: Told = device === undefined ? { seq, at } : { seq, at, by: device };
  const isCreator = event.sender === creator;
  const [first, second] = relation.sides;
  const [mine, others] = sidesAfter(isCreator ? [first, second] : [second, first], act, told);
  return shared({
    sides: isCreator ? [mine, others] : [others, mine],
    request: act === 'request' ? seq : relation.request,
    hidden: relation.hidden && !(act === 'unblock' && isCreator),
  });
}

function sidesAfter([mine, others]: Sides, act: RelationEventAct, told: Told): Sides {
  switch (act) {
    case 'write': {
      const answers = mine.request === 'theirs';
      const written: Sides = [
        { ...mine, open: true },
        { ...others, heard: true },
      ];
      return answers ? contacts(written, told) : written;
    }
    case 'request':
      if (others.request === 'mine' || others.contact) return contacts([mine, others], told);
      return [
        { ...mine, ...told, request: 'mine' },
        { ...others, ...told, request: 'theirs' },
      ];
    case 'accept':
      if (mine.request === 'theirs' || others.request === 'mine') return contacts([mine, others], told);
      return [
        { ...mine, ...told, open: true },
        { ...others, ...told, heard: true },
      ];
    case 'refuse':
    case 'remove':
      return [shut(told, false), others];
    case 'cancel':
      return [
        { ...withoutRequest(mine), ...told },
        others.request === 'theirs' ? { ...withoutRequest(others), ...told } : others,
      ];
    case 'block':
      return [shut(told, true), others];
    case 'unblock':
      // A request of the one who blocks ended with the block; the other, who is told something again, is told that, too.
      return [
        shut(told, false),
        others.request === 'theirs' ? { ...withoutRequest(others), ...told } : others,
      ];
    default:
      return unreachable(act);
  }
}

function contacts([mine, others]: Sides, told: Told): Sides {
  return [
    { ...withoutRequest(mine), ...told, contact: true },
    { ...withoutRequest(others), ...told, contact: true },
  ];
}

/** Shut off from the other: nothing of before counts. */
function shut(told: Told, blocks: boolean): Side {
  return { open: false, heard: false, contact: false, blocks, ...told };
}

function withoutRequest({ request: _request, ...side }: Side): Side {
  return side;
}
