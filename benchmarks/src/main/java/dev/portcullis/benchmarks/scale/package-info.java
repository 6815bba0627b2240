/** What many canaries cost a Prometheus and analysis-service. */
@NullMarked
package dev.portcullis.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
