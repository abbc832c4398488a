import { describe, expect, test } from 'bun:test';
import { type ErrorCode, errors, refusal } from '@maru/protocol';
import { errorCodeText, errorText } from './error-texts.ts';
import { helpText } from './help-text.ts';
import { textsOf } from './texts.ts';

describe.each(Object.keys(errors) as ErrorCode[])('%s', (code) => {
  test('has a reason in both languages, and in Korean one for the sentence of the server', () => {
    expect(errorCodeText(code, 'en')).toMatch(/^[a-z][a-z ,:]+$/);
    expect(errorCodeText(code, 'ko')).toMatch(/[가-힣]/);
    const body = refusal(code, 'A sentence of the server.');
    expect(errorText(body, 'ko')).toBe(errorCodeText(code, 'ko'));
    expect(errorText(body, 'en')).toBe('A sentence of the server');
  });
});

test('a field that the server does not take is named in Korean, too, and no terminal obeys it', () => {
  const body = refusal('bad-request', 'No.', {
    field: 'at\u001b[2J',
    limit: { name: 'x', value: 3 },
    given: 4,
  });
  const text = errorText(body, 'ko');
  expect(text).toStartWith('서버가 받지 않는 형식입니다: at');
  expect(text).toEndWith(' (4 > 3)');
  expect(text).not.toContain('\u001b');
});

test('[LINK5] who was removed is told in Korean, too, that another link from before is of no use', () => {
  const body = refusal('link-invalid', 'A sentence of the server.', { field: 'removed' });
  expect(errorText(body, 'ko')).toContain('내보내진 사람은');
  expect(errorText(body, 'en')).toBe('A sentence of the server');
});

test('contacts have one name in Korean', () => {
  const said = Object.values(textsOf('ko')).map((text) =>
    typeof text === 'string' ? text : (text as (...given: unknown[]) => string)('x', 'y', 3),
  );
  const errorTexts = (Object.keys(errors) as ErrorCode[]).map((code) => errorCodeText(code, 'ko'));
  for (const text of [...said, ...errorTexts, helpText('ko')]) expect(text).not.toContain('연락처');
});
