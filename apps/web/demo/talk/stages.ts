import { DIRECTS } from './directs.ts';
import { ENGLISH_GROUPS } from './english-groups.ts';
import { KOREAN_GROUPS } from './korean-groups.ts';
import type { Stage } from './scene.ts';

const BAKERY: Stage = {
  kind: 'channel',
  name: '동네 빵집 소식',
  description: '오늘 나오는 빵을 아침마다 알려 드려요',
  members: ['somi', 'mina', 'jun', 'hayoon', 'seojin', 'nari', 'lucy', 'tom', 'gyuri', 'jaewon', 'ruth'],
  scenes: [
    [
      ['somi', '좋은 아침이에요! 오늘은 호밀빵과 단팥빵이 8시에 나옵니다 🥖'],
      ['somi', '비 오는 날엔 식빵 한 덩이 사시면 쿠키 하나를 드려요.'],
    ],
    [['somi', '방금 소금빵이 나왔어요. 스무 개뿐이에요!']],
    [['somi', '소금빵이 벌써 다 나갔네요. 내일은 서른 개 구울게요.']],
    [['somi', '내일은 밤식빵이 처음 나옵니다. 공주 밤을 듬뿍 넣었어요 🌰']],
  ],
};

/** All rooms, in the order in which they are made. */
export const STAGES: readonly Stage[] = [BAKERY, ...ENGLISH_GROUPS, ...KOREAN_GROUPS, ...DIRECTS];
