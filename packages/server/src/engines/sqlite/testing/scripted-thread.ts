/** A storage thread that answers what it was told to answer: first the list that it is given, then `done`. */
import { serveThread } from '../serve-thread.ts';

interface Told {
  readonly kind: string;
  readonly answers?: readonly object[];
  readonly through?: number;
}

let answers: object[] = [];

serveThread(async (text) => {
  const { kind, answers: told, through = 0 } = JSON.parse(text) as Told;
  if (kind === 'script') answers = [...(told ?? [])];
  const answer = kind === 'apply' ? answers.shift() : undefined;
  return JSON.stringify(answer ?? { kind: 'done', through });
});
