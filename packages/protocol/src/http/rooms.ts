/** Rooms over HTTP: the same commands and reads as on a session, for scripts and first loads. */
import * as z from 'zod';
import { anyContent } from '../content.ts';
import { beatAnswer } from '../down/beat-answer.ts';
import { pageBody } from '../down/page.ts';
import { seen } from '../down/presence.ts';
import { roomEntry } from '../down/room.ts';
import { commandStatus } from '../down/status-answer.ts';
import { synced } from '../down/synced.ts';
import { role } from '../group-rules.ts';
import { clientMessageId, cursor, roomId, seq, userId } from '../ids.ts';
import { PAGE_EVENTS_MAX, REACTION_USERS_MAX, SYNC_EVENTS_PER_ROOM_MAX, VERSIONS_MAX } from '../limits.ts';
import { profile } from '../profile.ts';
import { commandFrame } from '../up.ts';
import { route } from './route.ts';

const params = z.object({ room: roomId });
const answer = z.object({ room: roomId, seq, at: z.int() });

export const postCommand = route({
  method: 'POST',
  path: '/v1/commands',
  name: 'postCommand',
  summary: 'Any command of a session: send, edit, create, set-role and all the others.',
  tag: 'messages',
  access: 'signed-in',
  body: commandFrame,
  response: answer,
  errors: [
    'not-found',
    'forbidden',
    'message-empty',
    'message-too-long',
    'content-too-large',
    'text-malformed',
    'id-too-old',
    'already-deleted',
    'already-sent',
    'too-many',
    'room-full',
    'link-invalid',
    'room-exists',
    'too-many',
    'recipient-unavailable',
    'contacts-only',
    'relation-changed',
    'storage-unavailable',
    'rules-unknown',
  ],
});

export const getSync = route({
  method: 'GET',
  path: '/v1/sync',
  name: 'getSync',
  summary: 'Everything that changed since a cursor; without one, a snapshot.',
  tag: 'rooms',
  access: 'signed-in',
  query: z.object({
    cursor: cursor.optional(),
    eventsPerRoom: z.coerce.number().int().min(0).max(SYNC_EVENTS_PER_ROOM_MAX).default(20),
  }),
  response: synced.omit({ kind: true, id: true }),
});

export const getRoom = route({
  method: 'GET',
  path: '/v1/rooms/{room}',
  name: 'getRoom',
  summary: 'One room as sync gives it.',
  tag: 'rooms',
  access: 'signed-in',
  params,
  response: roomEntry,
  errors: ['not-found'],
});

export const getMembers = route({
  method: 'GET',
  path: '/v1/rooms/{room}/members',
  name: 'getMembers',
  summary: 'Who is in the room; of a channel a page, in the order of their ids, for its administrators.',
  tag: 'rooms',
  access: 'signed-in',
  params,
  /** The last one of the page before; only channels have pages. */
  query: z.object({ after: userId.optional() }),
  response: z.object({
    members: z.array(z.object({ ...profile.shape, joinedSeq: seq, role })),
    more: z.boolean().optional(),
  }),
  errors: ['not-found', 'forbidden'],
});

export const getEvents = route({
  method: 'GET',
  path: '/v1/rooms/{room}/events',
  name: 'getEvents',
  summary: 'A page of history in either direction from any event, so that a jump is one read.',
  tag: 'messages',
  access: 'signed-in',
  params,
  query: z.object({
    from: z.coerce.number().pipe(seq).optional(),
    direction: z.enum(['older', 'newer', 'around']).default('older'),
    limit: z.coerce.number().int().min(1).max(PAGE_EVENTS_MAX).default(50),
  }),
  response: z.object(pageBody),
  errors: ['not-found'],
});

export const getBody = route({
  method: 'GET',
  path: '/v1/rooms/{room}/events/{seq}/body',
  name: 'getBody',
  summary: 'The whole content of a long message, as the bytes that its `sha256` is over.',
  tag: 'messages',
  access: 'signed-in',
  params: z.object({ room: roomId, seq: z.coerce.number().pipe(seq) }),
  errors: ['not-found'],
});

export const getVersions = route({
  method: 'GET',
  path: '/v1/rooms/{room}/events/{seq}/versions',
  name: 'getVersions',
  summary: 'What a message said at first and after each of its edits, the newest last.',
  tag: 'messages',
  access: 'signed-in',
  params: z.object({ room: roomId, seq: z.coerce.number().pipe(seq) }),
  response: z.object({
    /** Each under the number of the message or the edit, by which the whole of a long one is fetched. */
    versions: z.array(z.object({ seq, at: z.int(), content: anyContent })).max(VERSIONS_MAX),
    /** How many older edits are left out behind the first version. */
    omitted: z.int().min(0),
  }),
  errors: ['not-found'],
});

export const getReactions = route({
  method: 'GET',
  path: '/v1/rooms/{room}/events/{seq}/reactions',
  name: 'getReactions',
  summary: 'Who has put which emoji on a message, the first of each kind first.',
  tag: 'messages',
  access: 'signed-in',
  params: z.object({ room: roomId, seq: z.coerce.number().pipe(seq) }),
  response: z.object({
    reactions: z.array(
      z.object({
        reaction: z.string(),
        count: z.int().min(1),
        users: z.array(userId).max(REACTION_USERS_MAX),
      }),
    ),
  }),
  errors: ['not-found'],
});

export const getStatus = route({
  method: 'GET',
  path: '/v1/rooms/{room}/sends/{clientMessageId}',
  name: 'getStatus',
  summary: 'What became of a command of this device.',
  tag: 'messages',
  access: 'signed-in',
  params: z.object({ room: roomId, clientMessageId }),
  response: commandStatus,
  errors: ['not-found'],
});

export const putMarks = route({
  method: 'PUT',
  path: '/v1/rooms/{room}/marks',
  name: 'putMarks',
  summary: 'Move the read mark, set or clear "unread".',
  tag: 'rooms',
  access: 'signed-in',
  params,
  body: z.object({ read: seq.optional(), unread: z.boolean().optional() }),
  errors: ['not-found'],
});

export const getReceipts = route({
  method: 'GET',
  path: '/v1/rooms/{room}/receipts',
  name: 'getReceipts',
  summary: 'Who has stored and read how far.',
  tag: 'messages',
  access: 'signed-in',
  params,
  response: z.object({
    marks: z.array(z.object({ user: userId, delivered: z.int(), read: z.int() })),
  }),
  errors: ['not-found'],
});

export const getPresence = route({
  method: 'GET',
  path: '/v1/rooms/{room}/presence',
  name: 'getPresence',
  summary: 'Who of the room is there now.',
  tag: 'rooms',
  access: 'signed-in',
  params,
  response: seen.shape.rooms.element,
  errors: ['not-found'],
});

export const postBeat = route({
  method: 'POST',
  path: '/v1/beat',
  name: 'postBeat',
  summary: "A sign of life for those without a session; answers with the inbox's head.",
  tag: 'rooms',
  access: 'signed-in',
  body: z.object({ state: z.enum(['active', 'away']), cursor: cursor.optional() }),
  response: beatAnswer.omit({ kind: true }),
});
