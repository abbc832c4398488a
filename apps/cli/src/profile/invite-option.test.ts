import { describe, expect, test } from 'bun:test';
import { UsageError } from '../command.ts';
import { inviteOf } from './invite-option.ts';

const CODE = 'abcd-efgh-jkmn-pqrs';

describe('an invite', () => {
  test('is a code, or a link that names the server, too, or none', () => {
    expect(inviteOf({})).toEqual({});
    expect(inviteOf({ invite: CODE })).toEqual({ code: CODE });
    expect(inviteOf({ invite: `http://127.0.0.1:8787/#invite=${CODE}` })).toEqual({
      code: CODE,
      server: 'http://127.0.0.1:8787/',
    });
    expect(inviteOf({ invite: `https://chat.example.org/maru/#invite=${CODE}` }).server).toBe(
      'https://chat.example.org/maru/',
    );
  });

  test.each([
    '',
    'two words',
    'https://chat.example.org/',
    `https://chat.example.org/?invite=${CODE}`,
    `ftp://chat.example.org/#invite=${CODE}`,
    `https:///#invite=${CODE}`,
    'https://chat.example.org/#invite=',
  ])('is not %j', (invite) => {
    expect(() => inviteOf({ invite })).toThrow(UsageError);
  });
});
