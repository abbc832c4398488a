/** Every frame a client may send, told apart by `kind`. */
import * as z from 'zod';
import { add } from './up/add.ts';
import { answerJoin } from './up/answer-join.ts';
import { beat } from './up/beat.ts';
import { create } from './up/create.ts';
import { deletion } from './up/delete.ts';
import { delivered } from './up/delivered.ts';
import { describe } from './up/describe.ts';
import { edit } from './up/edit.ts';
import { hello } from './up/hello.ts';
import { history } from './up/history.ts';
import { join } from './up/join.ts';
import { leave } from './up/leave.ts';
import { look } from './up/look.ts';
import { makeLink } from './up/make-link.ts';
import { mark } from './up/mark.ts';
import { pin } from './up/pin.ts';
import { react } from './up/react.ts';
import { relate } from './up/relate.ts';
import { remove } from './up/remove.ts';
import { rename } from './up/rename.ts';
import { revokeLink } from './up/revoke-link.ts';
import { reschedule, schedule, unschedule } from './up/schedule.ts';
import { send } from './up/send.ts';
import { set } from './up/set.ts';
import { setHistory } from './up/set-history.ts';
import { setRights } from './up/set-rights.ts';
import { setRole } from './up/set-role.ts';
import { setSlowMode } from './up/set-slow-mode.ts';
import { setTimer } from './up/set-timer.ts';
import { status } from './up/status.ts';
import { sync } from './up/sync.ts';
import { typing } from './up/typing.ts';

/** Commands make events and are named by `(room, device, clientMessageId)`. */
export const commandFrame = z.discriminatedUnion('kind', [
  send,
  edit,
  deletion,
  create,
  add,
  remove,
  leave,
  rename,
  setHistory,
  describe,
  setTimer,
  relate,
  setRole,
  setRights,
  setSlowMode,
  makeLink,
  revokeLink,
  join,
  answerJoin,
  react,
  pin,
  schedule,
  reschedule,
  unschedule,
]);
export type CommandFrame = z.infer<typeof commandFrame>;

/** Requests are answered under their `id`. */
export const requestFrame = z.discriminatedUnion('kind', [sync, history, mark, look, status, set]);
export type RequestFrame = z.infer<typeof requestFrame>;

export const upFrame = z.discriminatedUnion('kind', [
  hello,
  commandFrame,
  requestFrame,
  delivered,
  typing,
  beat,
]);
export type UpFrame = z.infer<typeof upFrame>;
export type UpKind = UpFrame['kind'];
