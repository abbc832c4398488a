/** The Node that tests run scripts with: that on the path, or another one, since most machines have one version only. */
export const NODE = process.env.MARU_TEST_NODE ?? 'node';
