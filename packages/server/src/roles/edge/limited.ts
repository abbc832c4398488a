import type { BringingBody, CommandBody, LimitedBody, MemberLimits } from '../../core/room/command.ts';

/** A body with the operator's limits where it may bring people in; any other as it is. */
export function limited(body: CommandBody, inForce: MemberLimits): LimitedBody {
  return bringsIn(body) ? { ...body, ...inForce } : body;
}

function bringsIn(body: CommandBody): body is BringingBody {
  switch (body.kind) {
    case 'create':
      return body.roomKind === 'group';
    case 'add':
    case 'join':
    case 'answer-join':
      return true;
    default:
      return false;
  }
}
