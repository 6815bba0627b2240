/** Where an analysis stands, in words for an engineer. Every number is one of the analysis itself. */
@NullMarked
package dev.portcullis.analysis.explanation;

import org.jspecify.annotations.NullMarked;
