import { expect, test } from 'bun:test';
import { quickReplyCompletion } from './quick-reply-completion.ts';

const REPLIES = [
  { shortcut: 'thanks', text: 'Thank you!' },
  { shortcut: '감사', text: '감사합니다.' },
];
const offered = (written: string) => quickReplyCompletion(written, REPLIES)?.map(({ shortcut }) => shortcut);

test.each([
  ['/', ['thanks', '감사']],
  ['/TH', ['thanks']],
  [`/${'감'.normalize('NFD')}`, ['감사']],
  ['／감', ['감사']],
])('%j offers %j', (written, wanted) => {
  expect(offered(written)).toEqual(wanted);
});

test.each(['', 'thanks', 'a /th', '/other', '/th at'])('%j offers nothing', (written) => {
  expect(offered(written)).toBeUndefined();
});
