/** The durable analysis of one release: its plan, its windows, where it stands, and how one poll takes it further. */
@NullMarked
package dev.portcullis.analysis.run;

import org.jspecify.annotations.NullMarked;
