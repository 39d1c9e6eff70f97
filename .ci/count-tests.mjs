// Adds up the test reports, and ends a CI run with what failed and the closing line.
import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Lines of a failure that are repeated at the end. */
const linesOfFailure = 12;

/** What failed in one report, as text: each test with its first lines, and files that never ran. */
function failuresOf({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && tests.length === 0) return [`FAILED ${file}\n${message}`];
    return tests.map(({ fullName, failureMessages }) => {
      const lines = failureMessages.join('\n').split('\n').slice(0, linesOfFailure);
      return `FAILED ${file} > ${fullName}\n${lines.join('\n')}`;
    });
  });
}

let passed = 0;
let failed = 0;
try {
  for (const file of readdirSync('test-results').filter((name) => name.endsWith('.json'))) {
    const report = JSON.parse(readFileSync(`test-results/${file}`, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    for (const failure of failuresOf(report)) process.stdout.write(`${failure}\n\n`);
  }
} catch (error) {
  process.stderr.write(`No readable test report: ${error.message}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
