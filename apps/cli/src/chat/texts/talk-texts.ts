import { both } from './both.ts';

/** What `maru chat` says of things that are done to messages. */
export const TALK_TEXTS = {
  notEmoji: both('A reaction is exactly one emoji.', '반응은 이모지 하나입니다.'),
  nothingToReactTo: both('There is no message to react to.', '반응할 메시지가 없습니다.'),
  noReactions: both('Nobody has reacted to that message.', '이 메시지에는 반응이 없습니다.'),
  reactionsTo: both(
    (name: string) => `Reactions to a message of ${name}`,
    (name) => `${name}님의 메시지에 대한 반응`,
  ),
  answersNothing: both('No message here answers another.', '다른 메시지에 답장한 메시지가 없습니다.'),
  quoteHidden: both('a message that you may not see', '볼 수 없는 메시지'),
  linesReply: both(
    (quote: string) => `answers ${quote}`,
    (quote) => `답장: ${quote}`,
  ),
  linesReactions: both(
    (reactions: string, text: string) => `${reactions} on “${text}”`,
    (reactions, text) => `“${text}” 메시지의 반응: ${reactions}`,
  ),
} as const;
