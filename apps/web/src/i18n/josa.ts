/** Korean particles that depend on how the word before them ends, as catalogues write them: both forms at once. */
const PARTICLES: Readonly<Record<string, readonly [afterConsonant: string, afterVowel: string]>> = {
  '은(는)': ['은', '는'],
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '과(와)': ['과', '와'],
  '(으)로': ['으로', '로'],
};
/** Behind ㄹ, `(으)로` is as behind a vowel. */
const AS_AFTER_VOWEL_BEHIND_RIEUL = '(으)로';
const RIEUL = 8;
/** How digits end when they are read: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구. */
const DIGIT_ENDS = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
] as const;
/** What stands behind a word and is not read. */
const SILENT = /[\s\p{P}\p{S}\p{Cf}]+$/u;

/** What may stand between a word and its particle. */
const CLOSING = /^[’”'")\]」』]*/u;

type End = 'vowel' | 'consonant' | 'rieul';

/**
 * The particle that `text` begins with, behind what closes a quotation, in the form that fits the word before it; `text` itself where it begins with
 * none, or where nobody can tell how the word is read.
 */
export function withParticle(word: string, text: string): string {
  const [closing = ''] = CLOSING.exec(text) ?? [];
  const rest = text.slice(closing.length);
  const found = Object.entries(PARTICLES).find(([both]) => rest.startsWith(both));
  const end = endOf(word);
  if (found === undefined || end === undefined) return text;
  const [both, [afterConsonant, afterVowel]] = found;
  const asVowel = end === 'vowel' || (end === 'rieul' && both === AS_AFTER_VOWEL_BEHIND_RIEUL);
  return closing + (asVowel ? afterVowel : afterConsonant) + rest.slice(both.length);
}

/** How a word ends when it is read; `undefined`: that depends on who reads it. */
function endOf(word: string): End | undefined {
  const last = word.replace(SILENT, '').at(-1)?.toLowerCase() ?? '';
  const code = last.charCodeAt(0);
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28;
    return final === 0 ? 'vowel' : final === RIEUL ? 'rieul' : 'consonant';
  }
  if (/\d/.test(last)) return DIGIT_ENDS[Number(last)];
  if (/[aeiouy]/.test(last)) return 'vowel';
  if (/[mn]/.test(last)) return 'consonant';
  return last === 'l' ? 'rieul' : undefined;
}
