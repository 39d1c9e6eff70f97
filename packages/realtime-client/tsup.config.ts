import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  encryption: 'src/encryption/index.ts',
  'in-memory': 'src/in-memory/index.ts',
});
