/** What canaries and their baselines do: traffic, error ratios over time, clumps, bad spells, latencies. */
@NullMarked
package dev.portcullis.benchmarks.calibration.workload;

import org.jspecify.annotations.NullMarked;
