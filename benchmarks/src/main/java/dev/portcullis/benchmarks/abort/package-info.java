/** How long it takes from the verdict on a bad canary to the call that takes its traffic away. */
@NullMarked
package dev.portcullis.benchmarks.abort;

import org.jspecify.annotations.NullMarked;
