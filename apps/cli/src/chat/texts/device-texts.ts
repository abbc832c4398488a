import { both } from './both.ts';

/** What is said of a device that asks to be let in. */
export const DEVICE_TEXTS = {
  deviceAsks: both('A device asks to be let in', '기기가 연결을 요청합니다'),
  deviceName: both(
    (name: string) => `It calls itself: ${name}`,
    (name) => `스스로 밝힌 이름: ${name}`,
  ),
  deviceFrom: both(
    (address: string, near: boolean) =>
      `It asks from: ${address} (${near ? 'the network that you are in' : 'another network than yours'})`,
    (address, near) => `요청한 곳: ${address} (${near ? '지금 나와 같은 네트워크' : '나와 다른 네트워크'})`,
  ),
  deviceAsked: both(
    (when: string) => `It asked at: ${when}`,
    (when) => `요청한 때: ${when}`,
  ),
  deviceWarning: both(
    'Let it in only if you have it before you and began this on it. Who sends you a code wants into your account.',
    '지금 내 앞에 있고 내가 직접 시작한 기기만 연결하세요. 코드를 보내 온 사람은 내 계정에 들어오려는 것입니다.',
  ),
  askDevice: both('Let this device into your account?', '이 기기를 내 계정에 연결할까요?'),
  deviceDigits: both('Type these digits on the new device', '새 기기에 이 숫자를 입력하세요'),
  deviceDigitsHint: both(
    'Tell them to nobody. /link-device CODE no takes it back until they are typed.',
    '아무에게도 알려 주지 마세요. 입력하기 전에는 /기기연결 코드 거절 로 취소할 수 있습니다.',
  ),
  deviceRefused: both('The device is not let in.', '기기를 연결하지 않습니다.'),
  deviceIsIn: both(
    (name: string) => `${name} is signed in.`,
    (name) => `${name}: 연결되었습니다.`,
  ),
} as const;
