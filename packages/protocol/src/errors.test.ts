import { describe, expect, test } from 'bun:test';
import { closeCodes, type ErrorCode, errorBody, errorCode, errors, refusal } from './errors.ts';

const codes = Object.keys(errors) as ErrorCode[];
const table: { readonly [code: string]: { retryable: boolean; status: number; close?: number } } = errors;

describe('the table of errors', () => {
  test('has names in one form, and statuses that mean an error', () => {
    for (const code of codes) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(table[code]?.status).toBeGreaterThanOrEqual(400);
      expect(table[code]?.status).toBeLessThan(600);
    }
  });

  test('calls retryable what a wait may change, which is what its status says too', () => {
    for (const code of codes) {
      const { retryable = false, status = 0 } = table[code] ?? {};
      expect([code, retryable]).toEqual([code, status === 429 || status >= 500]);
    }
  });

  test('has close codes of the one list', () => {
    const known = Object.values(closeCodes).map(({ code }) => code as number);
    for (const code of codes) {
      const close = table[code]?.close;
      if (close !== undefined) expect(known).toContain(close);
    }
  });

  test('[SLOW3] a close that a retry may help says "reconnect", unless who asks must sign in first', () => {
    const reconnects = new Map<number, boolean>(
      Object.values(closeCodes).map(({ code, reconnect }) => [code, reconnect]),
    );
    for (const code of codes) {
      const { retryable = false, close } = table[code] ?? {};
      if (close !== undefined && retryable) expect([code, reconnects.get(close)]).toEqual([code, true]);
    }
    expect(closeCodes.signedOut.reconnect).toBe(false);
    expect(closeCodes.comeBack.reconnect).toBe(true);
    expect(closeCodes.slow.reconnect).toBe(true);
  });
});

describe('close codes', () => {
  test('are each one meaning, from the range of applications or as RFC 6455 has them', () => {
    const all = Object.values(closeCodes).map(({ code }) => code as number);
    expect(new Set(all).size).toBe(all.length);
    for (const code of all)
      expect((code >= 4_000 && code <= 4_999) || code === 1_007 || code === 1_009).toBe(true);
  });
});

describe('a refusal', () => {
  test('says whether to try again by the table, and which limit was passed', () => {
    const body = refusal('message-too-long', 'Too long.', {
      limit: { name: 'MESSAGE_CHARS_MAX', value: 5 },
      given: 6,
    });
    expect(body).toEqual({
      code: 'message-too-long',
      message: 'Too long.',
      retryable: false,
      limit: { name: 'MESSAGE_CHARS_MAX', value: 5 },
      given: 6,
    });
    expect(refusal('busy', 'Busy.', { retryAfterMs: 10 })).toMatchObject({
      retryable: true,
      retryAfterMs: 10,
    });
    for (const code of codes) expect(errorBody.parse(refusal(code, 'x'))).toEqual(refusal(code, 'x'));
  });

  test('[WIRE2] with a code of a later version is read as `internal`, to be retried as it says', () => {
    const later = { code: 'of-a-later-version', message: 'Later.', retryable: false, more: 1 };
    expect(errorBody.parse(later)).toEqual({ code: 'internal', message: 'Later.', retryable: false });
    expect(errorCode.parse('of-a-later-version')).toBe('internal');
  });
});
