import type { CertificateFault } from '../../commands/certificate-fault.ts';
import type { Language } from './language.ts';

/** Each has room below the conversation in a terminal of 80 columns, where the last line is cut off. */
const TEXTS: Readonly<Record<Language, Readonly<Record<CertificateFault, string>>>> = {
  en: {
    expired: 'Certificate expired: the server has to renew it.',
    'not-valid-yet': 'Certificate not valid yet: is the clock here right?',
    'other-names': "Certificate for other names: is this the server's?",
    untrusted: 'Certificate not trusted: see NODE_EXTRA_CA_CERTS.',
  },
  ko: {
    expired: '만료된 인증서: 서버 운영자가 갱신해야 합니다.',
    'not-valid-yet': '아직 유효하지 않은 인증서: 시계가 맞나요?',
    'other-names': '이름이 다른 인증서: 서버 주소가 맞나요?',
    untrusted: '믿을 수 없는 인증서: NODE_EXTRA_CA_CERTS 참고.',
  },
};

/** Why the server is not spoken to. */
export function certificateText(fault: CertificateFault, language: Language): string {
  return TEXTS[language][fault];
}
