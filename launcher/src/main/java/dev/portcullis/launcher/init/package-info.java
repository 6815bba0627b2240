/** Configurations to start from. */
@NullMarked
package dev.portcullis.standalone.init;

import org.jspecify.annotations.NullMarked;
