// Adds up the test reports and prints the closing line of a CI run.
import { readdirSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
try {
  for (const file of readdirSync('test-results').filter((name) => name.endsWith('.json'))) {
    const report = JSON.parse(readFileSync(`test-results/${file}`, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
  }
} catch (error) {
  process.stderr.write(`No readable test report: ${error.message}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
