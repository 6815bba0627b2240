/** How long the arithmetic of a judgement takes. */
@NullMarked
package dev.portcullis.benchmarks.judge;

import org.jspecify.annotations.NullMarked;
