/** Counts from Datadog's metrics query API. */
@NullMarked
package dev.portcullis.analysis.source.datadog;

import org.jspecify.annotations.NullMarked;
