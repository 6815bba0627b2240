/** Counters read from the /metrics pages of the pods themselves, so that no metrics server is needed. */
@NullMarked
package dev.portcullis.analysis.source.scrape;

import org.jspecify.annotations.NullMarked;
