/** What is measured, as processes of its own: their start, their memory and their end. */
@NullMarked
package dev.portcullis.benchmarks.process;

import org.jspecify.annotations.NullMarked;
