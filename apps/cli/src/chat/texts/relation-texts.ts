import type { RelationAct, RelationEventAct } from '@maru/protocol';
import { both } from './both.ts';

const RELATED_EN: Readonly<Record<RelationEventAct, string>> = {
  request: 'asked to be contacts',
  accept: 'accepted',
  refuse: 'refused',
  cancel: 'took the request back',
  remove: 'ended being contacts',
  block: 'blocked',
  unblock: 'ended the block',
  write: 'wrote',
};
const RELATED_KO: Readonly<Record<RelationEventAct, string>> = {
  request: '친구 요청을 보냈습니다',
  accept: '요청을 수락했습니다',
  refuse: '요청을 거절했습니다',
  cancel: '요청을 취소했습니다',
  remove: '친구에서 삭제했습니다',
  block: '차단했습니다',
  unblock: '차단을 풀었습니다',
  write: '메시지를 보냈습니다',
};

const DONE_EN: Readonly<Record<RelationAct, string>> = {
  request: 'You asked',
  accept: 'You are now a contact of',
  refuse: 'You refused',
  cancel: 'You took back your request to',
  remove: 'No longer a contact:',
  block: 'You block',
  unblock: 'You no longer block',
};
const DONE_KO: Readonly<Record<RelationAct, string>> = {
  request: '친구 요청을 보냈습니다',
  accept: '이제 친구입니다',
  refuse: '거절했습니다',
  cancel: '요청을 취소했습니다',
  remove: '친구에서 삭제했습니다',
  block: '차단했습니다',
  unblock: '차단을 풀었습니다',
};

/** What `maru chat` says of what two people are to each other. */
export const RELATION_TEXTS = {
  related: both(
    (who: string, act: RelationEventAct) => `${who} ${RELATED_EN[act]}`,
    (who, act) => `${who}님이 ${RELATED_KO[act]}`,
  ),
  /** With what a request says. */
  relatedNote: both(
    (who: string, note: string) => `${who} ${RELATED_EN.request}: ${note}`,
    (who, note) => `${who}님이 ${RELATED_KO.request}: ${note}`,
  ),
  requests: both('Requests', '요청'),
  /** Above the messages of a room, in parts; what stands last is left out first, and before it what is in brackets. */
  requestBanner: both(
    (who: string, asks: boolean) => [
      `${who} ${asks ? 'asks' : 'writes'}`,
      '/accept',
      '/refuse',
      '/block [--report]',
    ],
    (who, asks) => [`${who}님의 ${asks ? '요청' : '첫 메시지'}`, '/수락', '/거절', '/차단 [--신고]'],
  ),
  requestedBanner: both(
    (who: string) => [`You asked ${who} to be contacts`, '/remove-contact takes it back'],
    (who) => [`${who}님에게 친구 요청을 보냈습니다`, '/친구삭제로 취소'],
  ),
  blockedBanner: both(
    (who: string) => [`You block ${who}`, '/unblock'],
    (who) => [`차단한 사람: ${who}`, '/차단해제'],
  ),
  unavailableBanner: both(
    (who: string) => [`${who} can't be written to`],
    (who) => [`${who}님에게 보낼 수 없습니다`],
  ),
  /** Of a direct room: an account looks deleted while its owner blocks. */
  cameBack: both(
    (who: string) => `${who} is here again`,
    (who) => `${who}님과 다시 대화할 수 있습니다`,
  ),
  onItsWay: both('not told to the server yet', '서버에 아직 전하지 못함'),
  folded: both('(of somebody you block)', '(차단한 사람의 메시지)'),
  askBlock: both(
    (who: string) => `Block ${who}? To them you will be gone.`,
    (who) => `${who}님을 차단할까요? 탈퇴한 것처럼 보입니다.`,
  ),
  askBlockReport: both(
    (who: string, quote: string | undefined) =>
      quote === undefined
        ? `Block ${who}, and report them to the administrators?`
        : `Block ${who}, and report “${quote}”? The administrators can read it then.`,
    (who, quote) =>
      quote === undefined
        ? `${who}님을 차단하고 관리자에게 신고할까요?`
        : `${who}님을 차단하고 “${quote}”을(를) 신고할까요? 관리자가 내용을 볼 수 있게 됩니다.`,
  ),
  blockedAndReported: both(
    'Blocked. The administrators will look at it.',
    '차단하고 관리자에게 신고했습니다.',
  ),
  reportedLater: both(
    'Blocked. The administrators hear of it when the server can be reached.',
    '차단했습니다. 서버에 연결되면 관리자에게 신고됩니다.',
  ),
  /** What came of an act that is seen nowhere else. */
  relationDone: both(
    (who: string, act: RelationAct) => `${DONE_EN[act]} ${who}.`,
    (who, act) => `${who}님: ${DONE_KO[act]}.`,
  ),
  relationKept: both(
    'It holds here already: the server hears of it when it can be reached.',
    '여기에는 적용됐습니다: 서버에 연결되면 전합니다.',
  ),
  /** Who was blocked is a stranger again whom one has never answered. */
  unblockedRequest: both(
    (who: string) => `You no longer block ${who}, who stands under Requests: /accept, or answer.`,
    (who) => `${who}님의 차단을 풀었습니다. 요청에 있습니다: /수락 또는 답장.`,
  ),
  /** Their room stands in no list until one of the two says something. */
  unblockedHidden: both(
    (who: string) => `You no longer block ${who}. /dm begins anew.`,
    (who) => `${who}님의 차단을 풀었습니다. /대화로 다시 시작합니다.`,
  ),
  notBlocked: both(
    (who: string) => `${who} is not blocked.`,
    (who) => `${who}님은 차단되어 있지 않습니다.`,
  ),
  whom: both(
    'Say whom: @HANDLE, or open your room with them.',
    '누구인지 쓰세요: @아이디, 또는 그 대화방을 여세요.',
  ),
  nobodyAsks: both(
    'Nobody asks here: nothing to accept or refuse.',
    '여기에는 수락하거나 거절할 요청이 없습니다.',
  ),
  contactsTitle: both('Contacts', '친구'),
  incomingTitle: both(
    'They ask you (/accept @HANDLE, /refuse @HANDLE)',
    '받은 요청 (/수락 @아이디, /거절 @아이디)',
  ),
  outgoingTitle: both('You ask them (/remove-contact @HANDLE)', '보낸 요청 (/친구삭제 @아이디)'),
  blockedTitle: both('You block (/unblock @HANDLE)', '차단한 사람 (/차단해제 @아이디)'),
  noContacts: both(
    'Nobody yet: /request @handle asks somebody.',
    '아직 없습니다: /요청 @아이디로 요청하세요.',
  ),
  refusedCount: both(
    (count: number) => `${count === 1 ? 'Something was' : `${count} things were`} refused: /failed`,
    (count) => `거부된 것이 ${count}개 있습니다: /실패`,
  ),
  failedTitle: both('Refused for good · /retry all · /discard all', '거부됨 · /재전송 모두 · /버리기 모두'),
  relationChanged: both('It has changed meanwhile: see /failed.', '그사이 바뀌었습니다: /실패를 보세요.'),
  nothingRefused: both('Nothing was refused.', '거부된 것이 없습니다.'),
  linesRequest: both(
    (who: string) => `Request of ${who}.`,
    (who) => `${who}님의 요청.`,
  ),
} as const;
