/** What the console's pages take: time, bytes and memory. */
@NullMarked
package dev.portcullis.benchmarks.console;

import org.jspecify.annotations.NullMarked;
