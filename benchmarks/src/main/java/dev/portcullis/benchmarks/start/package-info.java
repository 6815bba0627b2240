/** How long a service takes to start, and how much memory it then has. */
@NullMarked
package dev.portcullis.benchmarks.start;

import org.jspecify.annotations.NullMarked;
