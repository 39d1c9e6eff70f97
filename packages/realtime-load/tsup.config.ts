import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  main: 'src/main.ts',
  worker: 'src/worker.ts',
  demo: 'src/demo.ts',
});
