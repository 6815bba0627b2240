/** A metric source as one looks at it to find faults; what a source implements of it stands beside the source. */
@NullMarked
package dev.portcullis.analysis.inspection;

import org.jspecify.annotations.NullMarked;
