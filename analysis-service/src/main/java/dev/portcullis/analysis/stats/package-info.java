/** The sequential tests: how much each window speaks for or against a canary, at every look, in logarithms of e-values. */
@NullMarked
package dev.portcullis.analysis.stats;

import org.jspecify.annotations.NullMarked;
