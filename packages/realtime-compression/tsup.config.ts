import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  index: 'src/index.ts',
  browser: 'src/browser.ts',
  frames: 'src/frames/index.ts',
  'frames-browser': 'src/frames/browser.ts',
  conformance: 'src/conformance/index.ts',
});
