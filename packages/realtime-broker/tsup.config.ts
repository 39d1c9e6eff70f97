import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  conformance: 'src/conformance/index.ts',
  log: 'src/log/index.ts',
});
