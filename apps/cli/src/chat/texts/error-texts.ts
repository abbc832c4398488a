import type { ErrorBody, ErrorCode } from '@maru/protocol';
import { printable } from '../../terminal/printable.ts';
import { type Both, both } from './both.ts';
import type { Language } from './language.ts';

/**
 * Why something was refused, where only the code is known; in Korean also where the server, or the SDK before it, has
 * said it in a sentence.
 */
const REASONS: Readonly<Record<ErrorCode, Both<string>>> = {
  'bad-request': both('it has a form that the server does not take', '서버가 받지 않는 형식입니다'),
  'not-json': both('it was garbled on the way', '전송 중에 깨졌습니다'),
  'unknown-kind': both('the server does not know such a command', '서버가 모르는 명령입니다'),
  'unsupported-version': both(
    'this version and that of the server have none in common: bring one up to date',
    '서버와 버전이 맞지 않습니다: 업데이트하세요',
  ),
  'hello-expected': both('the connection was not greeted', '연결 순서가 맞지 않습니다'),
  'message-empty': both('it is empty', '빈 메시지입니다'),
  'text-malformed': both('it has characters that can not be sent', '보낼 수 없는 글자가 있습니다'),
  'id-too-old': both('it was kept for too long: send it anew', '너무 오래되었습니다: 새로 보내세요'),
  'message-too-long': both('it is too long', '메시지가 너무 깁니다'),
  'content-too-large': both('it is too large', '내용이 너무 큽니다'),
  'image-too-large': both('the picture is too large', '사진이 너무 큽니다'),
  'image-unreadable': both('the picture can not be read', '읽을 수 없는 사진입니다'),
  'frame-too-large': both('it is too large', '한 번에 보내기에 너무 큽니다'),
  'too-many': both('there are too many', '너무 많습니다'),
  unauthorized: both('this device is not signed in', '로그인되지 않은 기기입니다'),
  'signed-out': both('this device was signed out', '로그아웃된 기기입니다'),
  'invalid-credentials': both('handle or password is wrong', '아이디나 비밀번호가 틀립니다'),
  'account-suspended': both('your account was suspended', '정지된 계정입니다'),
  'origin-refused': both('the server takes nothing from this address', '서버가 이 주소를 받지 않습니다'),
  forbidden: both('you may not write there', '권한이 없습니다'),
  'contacts-only': both(
    'only their contacts may write to them',
    '친구만 할 수 있습니다: 먼저 친구 요청을 보내세요',
  ),
  'invite-required': both('an invite is needed', '초대가 필요합니다'),
  'sign-up-closed': both('the server makes no new accounts', '새 계정을 만들 수 없는 서버입니다'),
  'not-found': both('you are no longer a member', '찾을 수 없습니다'),
  'link-invalid': both('the link lets nobody in any more', '더는 쓸 수 없는 링크입니다, 새 링크를 받으세요'),
  'recipient-unavailable': both('there is nobody left to write to', '받을 수 없는 사람입니다'),
  'session-unknown': both('the connection was lost', '연결이 끊겼습니다'),
  'method-not-allowed': both('the server does not do that', '서버가 하지 않는 일입니다'),
  'relation-changed': both('it has changed meanwhile', '그사이 바뀌었습니다'),
  'handle-taken': both('the handle is taken', '이미 있는 아이디입니다'),
  'room-exists': both('the room is there already', '이미 있는 대화방입니다'),
  'room-full': both('the room is full', '대화방이 가득 찼습니다'),
  'already-member': both('they are a member already', '이미 구성원입니다'),
  'already-deleted': both('it was deleted already', '이미 삭제된 메시지입니다'),
  'already-sent': both('it was sent already', '이미 보낸 메시지입니다'),
  'device-request-invalid': both(
    'this code is no longer good: begin anew on the new device',
    '더는 쓸 수 없는 코드입니다: 새 기기에서 다시 시작하세요',
  ),
  'check-wrong': both('these are not the digits', '숫자가 맞지 않습니다'),
  'devices-full': both(
    'the account has too many devices: sign one out',
    '기기가 너무 많습니다: 하나를 로그아웃하세요',
  ),
  'last-administrator': both('the server needs an administrator', '마지막 서버 관리자입니다'),
  'rate-limited': both('it was too fast: try again in a while', '너무 빠릅니다, 잠시 뒤에 다시 시도하세요'),
  busy: both('the server is busy', '서버가 바쁩니다'),
  draining: both('the server is being restarted', '서버를 다시 시작하는 중입니다'),
  'storage-unavailable': both('the server can not store it now', '서버가 저장하지 못합니다'),
  'rules-unknown': both(
    'the group has rules that this server does not know: it has to be brought up to date',
    '이 서버가 모르는 규칙의 대화방입니다: 서버를 업데이트해야 합니다',
  ),
  internal: both('the server has a fault', '서버 오류입니다'),
};

const REMOVED_KO =
  '내보내진 사람은 그 전의 링크로 들어올 수 없습니다: 구성원에게 초대나 새 링크를 부탁하세요';

/** Why something failed of which only the code is known. */
export function errorCodeText(code: ErrorCode, language: Language): string {
  return REASONS[code][language];
}

/** One sentence, without its full stop, that a terminal does not obey. */
export function errorText({ code, message, limit, given, field }: ErrorBody, language: Language): string {
  const isRemoved = code === 'link-invalid' && field === 'removed';
  const text = language === 'ko' ? (isRemoved ? REMOVED_KO : REASONS[code].ko) : message;
  const numbers = limit === undefined ? '' : ` (${given ?? '?'} > ${limit.value})`;
  // What is wrong with it is in the sentence alone.
  const where = language === 'ko' && code === 'bad-request' && field !== undefined ? `: ${field}` : '';
  return printable(text.replace(/\.$/, '') + where) + numbers;
}
