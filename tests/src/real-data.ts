import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Why a test that needs real conversations is skipped. */
export const NO_CONVERSATIONS = 'no conversations found: set MARU_TEST_DATA';

/** Where real conversations lie: they are not part of the project. `undefined`: nowhere. */
function findConversations(): string | undefined {
  const beside = path.resolve(import.meta.dir, '../../../shared/data');
  return [process.env.MARU_TEST_DATA, beside].find((folder) => folder !== undefined && existsSync(folder));
}

/** The logs of IRC channels among them. */
export function findIrcLogs(): string[] {
  const folder = path.join(findConversations() ?? '', 'irc');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.raw.txt'));
  return names.toSorted().map((name) => path.join(folder, name));
}

/** The table of pairs of Korean sentences among them. */
export function findKoreanPairs(): string | undefined {
  const file = path.join(findConversations() ?? '', 'ko', 'ChatbotData.csv');
  return existsSync(file) ? file : undefined;
}
