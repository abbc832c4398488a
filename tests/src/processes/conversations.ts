import { readFileSync } from 'node:fs';

/** Somebody says something. */
export interface Line {
  readonly speaker: string;
  readonly text: string;
}

/** People who talk with each other, some of them without a word, and what they say, in order. */
export interface Conversation {
  readonly speakers: readonly string[];
  readonly lines: readonly Line[];
}

/** `[09:14] <nick> text`, and `[09:14]  * nick does`. A nickname may be set apart by spaces. */
const SAID = /^\[\d\d:\d\d\] +(?:<([^>]+)> ?|\* (\S+) ?)(.*)$/u;
const TIMED = /^\[\d\d:\d\d\]/;

/**
 * What was said and done in the logs of IRC channels, a conversation a log. Read with no more than a pattern: how a log
 * is kept is the import's, which has its own tests. Throws for a line with a time of which nobody can be told to say it,
 * so that no speaker is lost unnoticed.
 */
export function ircConversations(logs: readonly string[]): Conversation[] {
  return logs.map((file) => {
    const lines = linesOf(file).flatMap((line) => {
      const [, speaker, actor, text] = SAID.exec(line) ?? [];
      const name = (speaker ?? actor ?? '').trim();
      if (text !== undefined && name !== '') return [{ speaker: name, text }];
      if (TIMED.test(line)) throw new Error(`${file}: who says «${line}»?`);
      return [];
    });
    const speakers = [...new Set(lines.map(({ speaker }) => speaker))];
    return { speakers, lines: lines.filter(({ text }) => text.trim() !== '') };
  });
}

/** Pairs of Korean sentences, one and its answer. */
export function koreanPairs(file: string): (readonly [question: string, answer: string])[] {
  const [, ...rows] = linesOf(file);
  return rows.map((row) => {
    const [question = '', answer = ''] = fieldsOf(row);
    return [question, answer];
  });
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
}

/** A row of comma-separated values (RFC 4180), none of which holds a line break. */
function fieldsOf(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
