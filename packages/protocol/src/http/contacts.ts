/** Relations over HTTP: what `relate` does on a session, by the other person's id and as things stand on arrival. */
import * as z from 'zod';
import { content } from '../content.ts';
import { roomId, seq, userId } from '../ids.ts';
import { CONTACTS_PAGE_DEFAULT, CONTACTS_PAGE_MAX } from '../limits.ts';
import { profile } from '../profile.ts';
import { relationView } from '../relation.ts';
import { blockReport } from '../report.ts';
import { route } from './route.ts';

const params = z.object({ user: userId });
/** The event that made it so; of what was so already, the room's newest. */
const answer = z.object({ room: roomId, seq, at: z.int() });

/** A person on the asker's list. */
export const contact = z.object({
  ...profile.shape,
  room: roomId,
  ...relationView.shape,
  state: relationView.shape.state.extract(['contact', 'requested-by-me', 'requested-by-them', 'blocked']),
  /** Milliseconds since the epoch. */
  since: z.int(),
});
export type Contact = z.infer<typeof contact>;

export const listContacts = route({
  method: 'GET',
  path: '/v1/contacts',
  name: 'listContacts',
  summary: 'Contacts, requests in both directions, and whom you block, in the order of their ids.',
  tag: 'people',
  access: 'signed-in',
  query: z.object({
    /** The last one of the page before. */
    after: userId.optional(),
    limit: z.coerce.number().int().min(1).max(CONTACTS_PAGE_MAX).default(CONTACTS_PAGE_DEFAULT),
  }),
  response: z.object({ contacts: z.array(contact), more: z.boolean() }),
});

export const requestContact = route({
  method: 'POST',
  path: '/v1/contacts/{user}',
  name: 'requestContact',
  summary: 'Ask a person to be your contact, with a note if you like; accepts where they have asked you.',
  tag: 'people',
  access: 'signed-in',
  params,
  body: z.object({ note: content.optional() }),
  response: answer,
  errors: [
    'recipient-unavailable',
    'relation-changed',
    'message-empty',
    'message-too-long',
    'content-too-large',
    'text-malformed',
    'rules-unknown',
  ],
});

export const removeContact = route({
  method: 'DELETE',
  path: '/v1/contacts/{user}',
  name: 'removeContact',
  summary: 'End being contacts, or take your request back. Nobody else is told of the first.',
  tag: 'people',
  access: 'signed-in',
  params,
  errors: ['rules-unknown'],
});

export const answerRequest = route({
  method: 'PUT',
  path: '/v1/contacts/{user}/request',
  name: 'answerRequest',
  summary: "Accept or refuse a person's request. They are not told of a refusal.",
  tag: 'people',
  access: 'signed-in',
  params,
  body: z.object({ accept: z.boolean() }),
  response: answer,
  errors: ['not-found', 'recipient-unavailable', 'relation-changed', 'rules-unknown'],
});

export const blockPerson = route({
  method: 'PUT',
  path: '/v1/contacts/{user}/block',
  name: 'blockPerson',
  summary:
    'Block a person, with a report to the administrators if you like, or end it. To them your account looks deleted meanwhile.',
  tag: 'people',
  access: 'signed-in',
  params,
  /** A report that comes with a block is kept in the same go. */
  body: z.object({ blocked: z.boolean(), report: blockReport.optional() }),
  errors: ['recipient-unavailable', 'rules-unknown'],
});
