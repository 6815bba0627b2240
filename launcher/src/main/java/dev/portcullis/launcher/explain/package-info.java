/** The computation of decisions once more, from what is on record of them alone. */
@NullMarked
package dev.portcullis.launcher.explain;

import org.jspecify.annotations.NullMarked;
