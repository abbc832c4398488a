import type { DeviceId, ErrorBody } from '@maru/protocol';
import type { UserMarks } from '../../core/user/marks.ts';
import type { MarksEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { CommitItem } from '../commit/committer.ts';
import type { Place } from './inbox.ts';

const ENTRY_BYTES = 256;

/** A change of a user's marks on its way through the committer (`[DUR5]`); or, without one, the wait for those ahead. */
export class Marking implements CommitItem {
  readonly bytes = ENTRY_BYTES;
  readonly place: Place;
  readonly marks: UserMarks | undefined;
  readonly device: DeviceId;
  readonly #moved: (marking: Marking) => void;
  readonly #resolve: (error: ErrorBody | undefined) => void;
  #position = 0 as Position;

  constructor(
    place: Place,
    marks: UserMarks | undefined,
    device: DeviceId,
    moved: (marking: Marking) => void,
    resolve: (error: ErrorBody | undefined) => void,
  ) {
    this.place = place;
    this.marks = marks;
    this.device = device;
    this.#moved = moved;
    this.#resolve = resolve;
    place.marking ??= { marks: place.marks, count: 0 };
    place.marking.count++;
    if (marks !== undefined) place.marking.marks = marks;
  }

  entryAt(position: Position): MarksEntry | undefined {
    const { marks, place: target } = this;
    if (marks === undefined) return undefined;
    this.#position = position;
    return { type: 'marks', position, user: target.inbox.user, room: target.in.room, marks };
  }

  committed(): void {
    const { place: target, marks, device } = this;
    this.#end();
    if (marks === undefined) return;
    if (target.inbox.places.get(target.in.room) !== target) {
      this.#applyBehind(marks);
      return;
    }
    // The device that read further knows all that the marks say now; of a mere flag only itself.
    const knows = marks.read > target.marks.read;
    target.marks = marks;
    target.markedAt = this.#position;
    target.markedBy = knows ? device : undefined;
    this.#moved(this);
  }

  answer(): void {
    this.#resolve(undefined);
  }

  refused(error: ErrorBody): void {
    this.place.marking = undefined; // With all that followed: the whole queue is refused.
    this.#resolve(error);
  }

  /** The user left the room while the mark was on its way, and may have come back: which sets a mark, too. */
  #applyBehind(marks: UserMarks): void {
    const { inbox, in: shared } = this.place;
    const { room } = shared;
    const departed = inbox.departed?.get(room);
    if (departed !== undefined) {
      const furthest = marks.read < departed.marks.read ? departed.marks : marks;
      inbox.departed?.set(room, { ...departed, marks: furthest, changedAt: this.#position });
    }
    const back = inbox.places.get(room);
    if (back === undefined) return;
    if (marks.read >= back.marks.read) back.marks = marks;
    back.markedAt = this.#position;
    back.markedBy = undefined;
  }

  #end(): void {
    const { marking } = this.place;
    if (marking !== undefined && --marking.count === 0) this.place.marking = undefined;
  }
}
