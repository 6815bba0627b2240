/** What operators see of analyses: counters and log lines. */
@NullMarked
package dev.portcullis.analysis.telemetry;

import org.jspecify.annotations.NullMarked;
