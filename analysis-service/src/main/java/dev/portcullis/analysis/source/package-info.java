/** Where counters come from: what a kind of source has to offer. One package below per kind. */
@NullMarked
package dev.portcullis.analysis.source;

import org.jspecify.annotations.NullMarked;
