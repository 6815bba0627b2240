/** What commands do with the code of this service: nothing of the running service knows it. */
@NullMarked
package dev.portcullis.analysis.tool;

import org.jspecify.annotations.NullMarked;
