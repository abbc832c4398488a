import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import { linksIn, safeUrl } from './links.ts';
import { shownHost } from './shown-host.ts';

const found = (text: string) => linksIn(text).map(({ start, end }) => text.slice(start, end));

describe('links', () => {
  test.each<[string, string[]]>([
    ['주소는 https://example.org입니다.', ['https://example.org']],
    ['https://example.org/a에서 봐', ['https://example.org/a']],
    ['주소는https://x.org/?q=1&b=2#c, 끝', ['https://x.org/?q=1&b=2#c']],
    ['请看https://x.org/a，谢谢', ['https://x.org/a']],
    [
      '(https://en.wikipedia.org/wiki/A_(b)) [https://x.org/[1]]',
      ['https://en.wikipedia.org/wiki/A_(b)', 'https://x.org/[1]'],
    ],
    [
      'www.maru.chat. http://localhost:8080/x! http://127.0.0.1',
      ['www.maru.chat', 'http://localhost:8080/x', 'http://127.0.0.1'],
    ],
    ['https://한국.kr에서 https://마루.한국으로', ['https://한국.kr', 'https://마루.한국']],
    ['https://пример.рф/путь?', ['https://пример.рф/путь']],
    [
      '**https://x.org** _https://x.org/a_ ||https://x.org||',
      ['https://x.org', 'https://x.org/a', 'https://x.org'],
    ],
    [
      '<https://x.org> "https://x.org/a" `https://x.org/b`',
      ['https://x.org', 'https://x.org/a', 'https://x.org/b'],
    ],
    ['https://x.org/@jun HTTPS://X.ORG', ['https://x.org/@jun', 'HTTPS://X.ORG']],
  ])('[TEXT4] %j', (text, expected) => expect(found(text)).toEqual(expected));

  test.each([
    'javascript:alert(1) data:text/html,x file:///etc/passwd ftp://x.org',
    'xhttps://x.org awww.x.org',
    'example.org 회의록.zip a.b.c',
    'https:// https://x http://- www. www.-',
    'https://bank.example@evil.example https://a:b@evil.example/x',
    `https://x.org/${'a'.repeat(2_048)}`,
  ])('[TEXT4] none in %j', (text) => expect(found(text)).toEqual([]));

  test('[TEXT4] lead where the platform says, and only by http: or https:', () => {
    expect(linksIn('www.Maru.chat/가 https://한국.kr')).toMatchObject([
      { url: 'https://www.maru.chat/' },
      { url: 'https://xn--3e0b707e.kr/' },
    ]);
    for (const address of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'https://a@b.org',
      'x',
      'mailto:a@b.org',
    ]) {
      expect(safeUrl(address)).toBeUndefined();
    }
  });

  test('[TEXT4] are apart, rising, and parts of the text that can be opened, whatever it is', () => {
    const piece = fc.constantFrom(
      ...[
        'https://',
        'http://',
        'www.',
        'x.org',
        '한',
        '.kr',
        '/',
        '(',
        ')',
        '@',
        ':',
        ' ',
        '-',
        '漢',
        '?',
        'é',
        '[',
        '.',
      ],
    );
    void fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end, url } of linksIn(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(safeUrl(url)).toBe(url);
          last = end;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the host that people see', () => {
  test.each([
    ['https://한국.kr/x', '한국.kr'],
    ['https://пример.рф', 'пример.рф'],
    ['https://bücher.de:8080', 'bücher.de:8080'],
    ['https://例え.jp', '例え.jp'],
    ['https://Example.org:443/x', 'example.org'],
  ])('[TEXT4] of %s is as it is written', (address, host) => expect(shownHost(address)).toBe(host));

  test.each([
    ['a Cyrillic letter among Latin ones', 'https://pаypal.com', 'xn--pypal-4ve.com'],
    ['Cyrillic letters that look Latin', 'https://аррӏе.com', 'xn--80ak6aa92e.com'],
    ['a letter without its dot', 'https://gıthub.com', 'xn--gthub-n4a.com'],
    ['Hangul and Latin in one label', 'https://한국korea.kr', 'xn--korea-820tq28s.kr'],
    ['Punycode', 'https://xn--bcher-kva.de', 'xn--bcher-kva.de'],
    ['Greek and Latin', 'https://gοοgle.com', 'xn--ggle-0nda.com'],
  ])('[TEXT4] with %s is in Punycode', (_what, address, host) => expect(shownHost(address)).toBe(host));

  test('[TEXT4] is none where there is none', () => {
    expect(shownHost('mailto:a@b.org')).toBeUndefined();
    expect(shownHost('x')).toBeUndefined();
    // Longer than any name: the platform would take it, and of 100,000 marks it would take minutes to.
    const long = `${'a'.repeat(260)}.org`;
    for (const address of [
      `https://${long}`,
      `https:${long}`,
      `https:\\\\${long}/x`,
      `https://a.org/${'x'.repeat(3_000)}`,
    ])
      expect(shownHost(address)).toBeUndefined();
    expect(linksIn(`https://${long} https://a.org`).map(({ url }) => url)).toEqual(['https://a.org/']);
    expect(shownHost(`https://${long}@evil.example/`)).toBe('evil.example');
  });
});
