/** Raw counters of pods: how they are read, and how they become counts. */
@NullMarked
package dev.portcullis.analysis.metric;

import org.jspecify.annotations.NullMarked;
