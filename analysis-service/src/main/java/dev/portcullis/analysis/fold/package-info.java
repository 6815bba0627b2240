/** What two readings make: the checks a reading has to pass, and the difference of its counters as counts. */
@NullMarked
package dev.portcullis.analysis.fold;

import org.jspecify.annotations.NullMarked;
