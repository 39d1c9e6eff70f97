import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  config: 'src/config/index.ts',
  'compressed-frames': 'src/compressed-frames/index.ts',
  encryption: 'src/encryption/index.ts',
  'event-contract': 'src/event-contract/index.ts',
});
