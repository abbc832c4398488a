import type { Stage } from './scene.ts';

export const KOREAN_GROUPS: readonly Stage[] = [
  {
    kind: 'group',
    name: '토요일 산행 모임',
    description: '매주 토요일, 천천히 걷는 사람들',
    members: ['sora', 'mina', 'dongha', 'minjae', 'haneul', 'dain', 'jun', 'eunsol'],
    scenes: [
      [
        ['sora', '이번 주 토요일은 둘레길 8구간 어때요? 단풍이 한창이래요 🍁', { likes: ['👍', '🍁', '👍'] }],
        ['minjae', '좋아요! 몇 시에 모일까요?'],
        ['sora', '9시에 역 2번 출구요. 김밥은 제가 챙길게요.', { answers: 1, likes: ['❤️', '❤️'] }],
        ['dongha', '저는 귤 한 봉지 들고 갈게요'],
        ['haneul', '비 소식 있던데 괜찮을까요?'],
        ['mina', '오후 늦게부터라 내려와서 칼국수 먹으면 딱 맞겠어요', { answers: 1, likes: ['😋', '👍'] }],
      ],
      [
        ['haneul', '토요일 비 소식, 일요일 오후로 밀렸어요!', { likes: ['🎉'] }],
        ['minjae', '역시 부지런한 사람들 편이네요'],
        ['eunsol', '무릎이 좀 안 좋은데 쉬운 길일까요?'],
        ['sora', '네, 거의 평지예요. 힘들면 중간 정자에서 쉬어요.', { answers: 1, likes: ['👍'] }],
        ['dain', '저는 이번에도 제주에서 마음만 보냅니다 🍊'],
      ],
      [
        ['dongha', '귤 말고 감으로 바꿔도 되나요? 집에 감이 너무 많아요'],
        ['sora', '감 대환영'],
        ['minjae', '단감이면 두 봉지요', { likes: ['😂', '😂'] }],
        ['dongha', '알겠습니다 단감 두 봉지'],
      ],
    ],
  },
  {
    kind: 'group',
    name: '점심 뭐 먹지',
    members: ['jun', 'mina', 'yuna', 'taeo', 'jiho', 'seojin'],
    scenes: [
      [
        ['taeo', '오늘은 국밥 어때요? 쌀쌀하네요'],
        ['yuna', '어제도 국밥이었는데…', { likes: ['😂'] }],
        [
          'jun',
          '그럼 길 건너 새로 생긴 우동집! 줄 서기 전에 11시 50분에 나가죠.',
          { likes: ['👍', '👍', '🍜'] },
        ],
        ['mina', '저 회의가 12시에 끝나요. 먼저 가서 자리 부탁해요 🙏', { answers: 1 }],
        ['jiho', '자리는 맡겨만 주세요', { likes: ['🫡'] }],
      ],
      [
        ['jiho', '자리 잡았어요. 창가 쪽 큰 테이블이요.', { likes: ['👍', '❤️'] }],
        ['seojin', '저는 유부우동 하나 부탁드려요'],
        ['taeo', '저도 같은 걸로, 계란 추가요'],
        ['jiho', '유부우동 둘, 계란 하나. 접수했습니다.', { answers: 2 }],
        ['yuna', '튀김도 하나 시켜서 나눠 먹어요', { likes: ['😋', '👍'] }],
      ],
      [
        ['yuna', '커피 마실 사람?'],
        ['seojin', '저요, 따뜻한 걸로'],
        ['taeo', '저는 괜찮아요. 오늘 세 잔째라서요.'],
        ['jun', '세 잔이면 내일 것까지 드셨네', { answers: 1, likes: ['😂', '😂'] }],
      ],
    ],
  },
  {
    kind: 'group',
    name: '고양이 집사들',
    description: '사진보다 글로 자랑하는 방',
    members: ['byeol', 'mina', 'gyuri', 'nari', 'woojin', 'hayoon', 'ella'],
    scenes: [
      [
        ['byeol', '우리 집 둘째가 드디어 새 스크래처를 인정했어요'],
        ['gyuri', '며칠 걸렸어요?'],
        ['byeol', '상자를 버리고 나니 그날 바로요', { answers: 1, likes: ['😂', '😹'] }],
        ['nari', '역시 상자가 경쟁자였군요'],
        ['ella', 'Same here. The box always wins.', { likes: ['😹'] }],
      ],
      [
        ['woojin', '새벽 4시마다 깨우는 고양이, 방법이 있을까요?'],
        [
          'hayoon',
          '자기 전에 10분만 낚싯대로 놀아 주세요. 그다음에 밥이요.',
          { answers: 1, likes: ['👍', '👍'] },
        ],
        ['woojin', '오늘부터 해 볼게요'],
        ['gyuri', '결과 보고 부탁드립니다', { likes: ['😹'] }],
      ],
      [
        ['nari', '오늘 건강검진 다녀왔어요. 아주 건강하대요!', { likes: ['❤️', '🎉', '❤️'] }],
        ['byeol', '다행이에요. 오늘은 간식 하나 더 줘야겠네요.'],
        ['hayoon', '이동장은 잘 들어갔나요?'],
        ['nari', '제 팔을 보시면 아실 거예요…', { answers: 1, likes: ['😹', '😢'] }],
      ],
    ],
  },
  {
    kind: 'group',
    name: '우리 가족',
    members: ['boram', 'mina', 'chan', 'aram'],
    scenes: [
      [
        ['boram', '이번 주말에 다들 올 수 있니? 김치 담갔다.'],
        ['aram', '저는 토요일 저녁에 갈게요', { likes: ['❤️'] }],
        ['chan', '저도요! 통 가지고 갈까요?'],
        ['boram', '통은 있으니 몸만 오너라', { answers: 1, likes: ['❤️', '😂'] }],
      ],
      [
        ['chan', '누나, 기차표 같이 끊을까?'],
        ['aram', '토요일 3시 거 있더라. 창가로 부탁해.', { answers: 1, likes: ['👍'] }],
        ['boram', '도착하면 전화해라. 아버지가 마중 나가신단다.', { likes: ['❤️'] }],
      ],
      [
        ['boram', '화단에 국화가 피었다'],
        ['aram', '벌써요? 예쁘겠다', { likes: ['🌼'] }],
        ['chan', '주말에 가서 볼게요'],
      ],
    ],
  },
];
