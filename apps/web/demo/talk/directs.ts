import type { Stage } from './scene.ts';

/** Conversations of two: with the visitor, and some between others. */
export const DIRECTS: readonly Stage[] = [
  {
    kind: 'direct',
    name: '',
    members: ['jun', 'mina'],
    scenes: [
      [
        ['mina', '준아, 내일 점심 같이 먹을래?'],
        ['jun', '좋지! 어디로 갈까?'],
        ['mina', '회사 앞에 새로 생긴 우동집 어때? 12시 반쯤 1층에서 보자.', { answers: 1 }],
        ['jun', '콜 👍', { likes: ['❤️'] }],
      ],
    ],
  },
  {
    kind: 'direct',
    name: '',
    members: ['ella', 'mina'],
    scenes: [
      [
        ['ella', 'Is it true that your mother made kimchi again?'],
        ['mina', 'Ten kilos. You are getting one.', { likes: ['😍'] }],
        ['ella', 'You are the best. I pay in cinnamon buns.', { likes: ['🥐'] }],
      ],
      [['ella', 'The buns are in the oven. Just so you know.', {}]],
      [['ella', 'I am on the 17:20 train. Shall I come by on the way?']],
    ],
  },
  {
    kind: 'direct',
    name: '',
    members: ['sora', 'mina'],
    scenes: [
      [
        ['sora', '언니, 지난번에 말한 등산화 어디서 샀어요?'],
        ['mina', '동네 시장 안쪽 가게! 발볼 넓은 사람한테 잘 맞아.', { answers: 1 }],
        ['sora', '고마워요. 내일 가 볼게요 🥾', { likes: ['👍'] }],
      ],
      [
        ['sora', '등산화 샀어요! 정말 편하네요.'],
        ['sora', '토요일에 자랑할게요 ㅎㅎ'],
      ],
    ],
  },
  {
    kind: 'direct',
    name: '',
    members: ['tom', 'mina'],
    scenes: [
      [
        ['tom', 'Did the parcel for me land on your floor by any chance?'],
        ['mina', 'Yes! It is by my door. It rattles.'],
        ['tom', 'That is the kettle. Or it was.', { likes: ['😂'] }],
      ],
      [['tom', 'The kettle lives! Tea at five?']],
    ],
  },
  {
    kind: 'direct',
    name: '',
    members: ['yuna', 'mina'],
    scenes: [
      [
        ['yuna', '발표 자료 한번 봐 주실 수 있어요? 내일 오전까지면 돼요.'],
        ['mina', '그럼요, 오늘 저녁에 보고 메모 남길게요'],
        ['yuna', '감사합니다! 커피 살게요 ☕', { likes: ['👍'] }],
      ],
      [['yuna', '메모 덕분에 발표 잘 끝났어요. 정말 고마워요!']],
    ],
  },
  {
    kind: 'direct',
    name: '',
    members: ['chan', 'mina'],
    scenes: [
      [
        ['chan', '누나 이번 주말에 와?'],
        ['mina', '응, 토요일에 갈게'],
        ['chan', '오예 🎉'],
      ],
      [
        ['chan', '엄마가 누나 좋아하는 잡채 하신대'],
        ['chan', '늦지 마'],
      ],
    ],
  },
  {
    kind: 'direct',
    name: '',
    members: ['priya', 'oscar'],
    scenes: [
      [
        ['priya', 'Is the bike free on Saturday?'],
        ['oscar', 'All yours.'],
      ],
    ],
  },
  {
    kind: 'direct',
    name: '',
    members: ['jiho', 'jun'],
    scenes: [
      [
        ['jiho', '형, 어제 빌린 우산 책상에 뒀어요'],
        ['jun', '응 봤어. 고마워!'],
      ],
      [['jiho', '내일 비 온대요. 우산 다시 빌릴게요…']],
    ],
  },
];

/** What somebody says who is written to by the visitor. */
export const ANSWERS = {
  ko: [
    '오, 좋은 생각이에요!',
    '잠깐만요, 금방 다시 볼게요 🙂',
    'ㅎㅎ 저도 그렇게 생각했어요',
    '정말요? 조금 더 들려주세요',
    '네네, 그렇게 해요 👍',
    '방금 봤어요. 고마워요!',
  ],
  en: [
    'Oh, I like that!',
    'One moment, let me think about it 🙂',
    'Ha, I was about to say the same',
    'Really? Tell me more',
    'Sounds good, let us do that 👍',
    'Just saw this. Thank you!',
  ],
} as const;

/** Who asks the visitor for the first time: a request. */
export const STRANGERS = [
  ['anders', 'Hi Mina, Ella gave me your name. May I ask you about Seoul in April?'],
  ['dain', '안녕하세요, 산행 모임의 다인이에요. 제주 귤 한 상자 보내 드리고 싶어서요 🍊'],
] as const;
