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
  messagePinned: both(
    (who: string, on: boolean, quote: string) => `${who} ${on ? 'pinned' : 'took down'}: ${quote}`,
    (who, on, quote) => `${who}님이 메시지를 ${on ? '고정했습니다' : '고정 해제했습니다'}: ${quote}`,
  ),
  nothingToPin: both('There is no message to pin.', '고정할 메시지가 없습니다.'),
  noPins: both('Nothing is pinned here.', '고정된 메시지가 없습니다.'),
  noSuchPin: both(
    (count: number) => `The pins are numbered from 1 to ${count}.`,
    (count) => `고정된 메시지는 1번부터 ${count}번까지입니다.`,
  ),
  pinsOf: both(
    (room: string) => `Pinned in ${room} · /pins NUMBER goes there`,
    (room) => `${room}의 고정된 메시지 · /고정목록 번호로 이동`,
  ),
  nothingEdited: both('That message was never changed.', '수정한 적이 없는 메시지입니다.'),
  versionsOf: both(
    (name: string) => `What a message of ${name} said`,
    (name) => `${name}님의 메시지 수정 내역`,
  ),
  versionsOmitted: both(
    (count: number) => `… ${count} more between …`,
    (count) => `… 중간에 ${count}개 더 …`,
  ),
  nothingToForward: both('There is no message to send on.', '전달할 메시지가 없습니다.'),
  askForward: both(
    (quote: string, rooms: string) => `Send ${quote === '' ? 'it' : `“${quote}”`} on to ${rooms}?`,
    (quote, rooms) => `${quote === '' ? '메시지를' : `“${quote}” 메시지를`} ${rooms}(으)로 전달할까요?`,
  ),
  askForwardUnnamed: both(
    (quote: string, rooms: string) =>
      `Send ${quote === '' ? 'it' : `“${quote}”`} on to ${rooms}, without saying whose it was?`,
    (quote, rooms) =>
      `누가 쓴 메시지인지 알리지 않고 ${quote === '' ? '' : `“${quote}” 메시지를 `}${rooms}(으)로 전달할까요?`,
  ),
  forwardedTo: both(
    (room: string) => `Sent on to ${room}.`,
    (room) => `${room}(으)로 전달했습니다.`,
  ),
  forwarded: both('forwarded', '전달된 메시지'),
  forwardedFrom: both(
    (name: string) => `forwarded, by ${name} first`,
    (name) => `${name}님의 메시지를 전달`,
  ),
  forwardedOwn: both('forwarded, your own first', '내 메시지를 전달'),
  linesReply: both(
    (quote: string) => `answers ${quote}`,
    (quote) => `답장: ${quote}`,
  ),
  linesReactions: both(
    (reactions: string, text: string) => `${reactions} on “${text}”`,
    (reactions, text) => `“${text}” 메시지의 반응: ${reactions}`,
  ),
} as const;
