import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  browser: 'src/browser.ts',
  conformance: 'src/conformance/index.ts',
});
