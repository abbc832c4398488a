import type { TransportOption } from '@maru/client';

export interface SimulationOptions {
  /** Nothing beside the story of the seed, and rates that nobody passes: as stories were before there was more. */
  readonly plain?: boolean;
  /** Whether people ask to be contacts, answer, and block. Default: unless it is plain. */
  readonly relating?: boolean;
  /** Whether devices block with a report, and never without one. Default: no. */
  readonly reporting?: boolean;
  /** Whether people keep things for themselves. Default: yes, but in a plain story. */
  readonly own?: boolean;
  /** Whether groups get roles, rights and links. Default: unless it is plain. */
  readonly groups?: boolean;
  /** Whether messages are answered, reacted to and pinned. Default: unless it is plain. */
  readonly talking?: boolean;
  /** Whether there are channels. Default: unless it is plain. */
  readonly channels?: boolean;
  /** Of all devices. Default: as the seed says, and sockets in a plain story. */
  readonly transport?: TransportOption;
}

/** How often what a story is to show came to pass in it, so that a test can tell that it was tested. */
export interface Happened {
  readonly slow: number;
  readonly rateLimited: number;
  /** Rooms of which a device has events and whose member its user is no more. */
  readonly formerRooms: number;
  /** Events that gave roles, and people who came in by links. */
  readonly roles: number;
  readonly joins: number;
  /** Whether there was a room for the talk about what is soft, and whether the log was verified. */
  readonly talks: number;
  readonly verified: number;
  /** Messages that vanished. */
  readonly vanished: number;
  /** Direct rooms of two people across a block, and those of which one of the two is told nothing. */
  readonly blocks: number;
  readonly hidden: number;
  /** Settings that people kept to the end. */
  readonly kept: number;
  /** Messages that were to be sent later, and were. */
  readonly planned: number;
  /** Reactions, pins and answers that were taken. */
  readonly reactions: number;
  readonly pins: number;
  readonly answers: number;
  /** Readers who came into channels, went, or were removed. */
  readonly readers: number;
}
