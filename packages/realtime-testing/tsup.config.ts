import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  mock: 'src/mock/index.ts',
  react: 'src/react/index.ts',
  vitest: 'src/vitest/index.ts',
});
