import type { ErrorBody, ErrorCode } from '@maru/protocol';
import { printable } from '../../terminal/printable.ts';
import type { Language } from './language.ts';

/** What the server, or the SDK before it, refused, for people. The rest is told in the server's own words. */
const KOREAN: Partial<Record<ErrorCode, string>> = {
  'message-empty': '빈 메시지입니다',
  'message-too-long': '메시지가 너무 깁니다',
  'text-malformed': '보낼 수 없는 글자가 있습니다',
  'rate-limited': '너무 빠릅니다, 잠시 뒤에 다시 시도하세요',
  busy: '서버가 바쁩니다',
  forbidden: '권한이 없습니다',
  'not-found': '찾을 수 없습니다',
  'recipient-unavailable': '받을 수 없는 사람입니다',
  'contacts-only': '연락처에 있는 사람만 할 수 있습니다: 먼저 연락처를 신청하세요',
  'image-too-large': '사진이 너무 큽니다',
  'image-unreadable': '읽을 수 없는 사진입니다',
  'relation-changed': '그사이 바뀌었습니다',
  'room-exists': '이미 있는 대화방입니다',
  'room-full': '대화방이 가득 찼습니다',
  'link-invalid': '더는 쓸 수 없는 링크입니다, 새 링크를 받으세요',
  'already-member': '이미 구성원입니다',
  'already-deleted': '이미 삭제된 메시지입니다',
  'already-sent': '이미 보낸 메시지입니다',
  'too-many': '너무 많습니다',
  'account-suspended': '정지된 계정입니다',
  'storage-unavailable': '서버가 저장하지 못합니다',
  internal: '서버 오류입니다',
};

const ENGLISH: Partial<Record<ErrorCode, string>> = {
  'not-found': 'you are no longer a member',
  forbidden: 'you may not write there',
  'message-too-long': 'it is too long',
  'recipient-unavailable': 'there is nobody left to write to',
  'contacts-only': 'only their contacts may write to them',
  'account-suspended': 'your account was suspended',
};

/** Why something failed of which only the code is known. */
export function errorCodeText(code: ErrorCode, language: Language): string {
  return (language === 'ko' ? KOREAN[code] : ENGLISH[code]) ?? code;
}

/** One sentence, without its full stop, that a terminal does not obey. */
export function errorText({ code, message, limit, given }: ErrorBody, language: Language): string {
  const text = language === 'ko' ? (KOREAN[code] ?? message) : message;
  const numbers = limit === undefined ? '' : ` (${given ?? '?'} > ${limit.value})`;
  return printable(text.replace(/\.$/, '')) + numbers;
}
