/** Which series are meant: selectors of counters, as a configuration writes them and as they are matched. */
@NullMarked
package dev.portcullis.analysis.query;

import org.jspecify.annotations.NullMarked;
