/** What decides on a canary: the judge under a policy, and the thresholds of other systems. */
@NullMarked
package dev.portcullis.benchmarks.calibration.rule;

import org.jspecify.annotations.NullMarked;
