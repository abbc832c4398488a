import type { CommandFrame } from '@maru/protocol';

type Relate = Extract<CommandFrame, { kind: 'relate' }>;
type CreateDirect = Extract<CommandFrame, { kind: 'create'; roomKind: 'direct' }>;
type CreateRelated = CreateDirect & { relate: NonNullable<CreateDirect['relate']> };

/** Whether a command makes the room of two people. */
export function makesDirect(command: CommandFrame): command is CreateDirect {
  return command.kind === 'create' && command.roomKind === 'direct';
}

/** Whether a command says what two people are to each other. */
export function isRelation(command: CommandFrame): command is Relate | CreateRelated {
  if (command.kind === 'relate') return true;
  return makesDirect(command) && command.relate !== undefined;
}

/** Whether a command begins or ends a block. */
export function isBlock(command: CommandFrame): boolean {
  if (!isRelation(command)) return false;
  const act = command.kind === 'relate' ? command.act : command.relate.act;
  return act === 'block' || act === 'unblock';
}

/** Whether a command needs somebody at the other end of a direct room: to who is not there it is refused (`[REL7]`). */
export function needsPeer(command: CommandFrame): boolean {
  switch (command.kind) {
    case 'send':
    case 'schedule':
    case 'edit':
    case 'set-timer':
      return true;
    case 'create':
      return command.roomKind === 'direct';
    case 'relate':
      return command.act === 'request' || command.act === 'accept';
    default:
      return false;
  }
}

/** Whether an accepted command holds on the device until its event is known, or all up to its answer. */
export function makesEvent(command: CommandFrame): boolean {
  const { kind } = command;
  return kind === 'send' || kind === 'edit' || kind === 'delete' || isRelation(command);
}
