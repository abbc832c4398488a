import type { CertificateFault } from '../../commands/certificate-fault.ts';
import type { Language } from './language.ts';

/** Each has room on a line of 80 columns. */
const TEXTS: Readonly<Record<Language, Readonly<Record<CertificateFault, string>>>> = {
  en: {
    expired: "The server's certificate has expired: whoever runs it has to renew it.",
    'not-valid-yet': "The server's certificate is not valid yet: is the clock here right?",
    'other-names': "The server's certificate is for other names: is this its name?",
    untrusted: "The server's certificate is not trusted here: see NODE_EXTRA_CA_CERTS.",
  },
  ko: {
    expired: '서버 인증서가 만료되었습니다: 서버 운영자가 갱신해야 합니다.',
    'not-valid-yet': '서버 인증서가 아직 유효하지 않습니다: 이 기기의 시계가 맞나요?',
    'other-names': '서버 인증서의 이름이 다릅니다: 서버 이름이 맞나요?',
    untrusted: '믿을 수 없는 서버 인증서입니다: NODE_EXTRA_CA_CERTS를 확인하세요.',
  },
};

/** Why the server is not spoken to. */
export function certificateText(fault: CertificateFault, language: Language): string {
  return TEXTS[language][fault];
}
